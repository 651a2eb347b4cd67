"""Makes the files beside it with Python's, NumPy's and PyTorch's own code.

    python Tests/AvatarPreparationTests/Fixtures/make_fixtures.py

The files are committed, as NumPy 2.4.6 and PyTorch 2.13 wrote them: a test run needs neither.
"""

import pathlib
import pickle

import numpy as np
import torch

HERE = pathlib.Path(__file__).resolve().parent
FORMATS = (torch.float32, torch.float16, torch.bfloat16, torch.float64)


def boxes() -> list:
    """Boxes of all the types that preparation scripts leave in them."""
    numbers = (212, -7, 340, 70_000)
    return [
        numbers,
        [np.int32(212), -7, np.int64(340), np.uint32(70_000)],
        tuple(np.int64(number) for number in numbers),
        tuple(float(number) for number in numbers),
        np.array(numbers, dtype=np.int32),
        np.array(numbers, dtype=">f8"),
        [np.float32(number) for number in numbers],
    ]


def tensors() -> list:
    """One of each format, one seen through strides, one twice, and an empty one."""
    square = torch.arange(6, dtype=torch.float32).reshape(2, 3) / 4 - 0.5
    return [square.to(format) for format in FORMATS] + [square.T, square[:, 1:], square, torch.zeros(0, 3)]


def main() -> None:
    for version in range(6):
        (HERE / f"boxes-{version}.pkl").write_bytes(pickle.dumps(boxes(), protocol=version))
    torch.save(tensors(), HERE / "tensors.pt")
    torch.save(tensors(), HERE / "tensors-legacy.pt", _use_new_zipfile_serialization=False)


if __name__ == "__main__":
    main()
