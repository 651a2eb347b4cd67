"""Print what OpenCV and Pillow make of random pictures, as the checksums that ``ResizingTests.swift`` compares with.

The pictures are bytes of SplitMix64, seed 1, as ``SeededGenerator`` in the tests yields them; the sums are FNV-1a of 64
bits. Run it with opencv-python 4.9.0.80 and Pillow 10 (MuseTalk's versions) and paste the lines into the tests.
"""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

MASK = (1 << 64) - 1


def random_bytes(count: int) -> np.ndarray:
    """Eight bytes, the lowest first, of each number of SplitMix64."""
    state = (np.arange(1, count // 8 + 2, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) + np.uint64(1)
    value = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (value ^ (value >> np.uint64(31))).view(np.uint8)[:count]


def fnv(data: np.ndarray) -> int:
    """The checksum of an array's bytes."""
    value = 0xCBF29CE484222325
    for byte in data.tobytes():
        value = ((value ^ byte) * 0x100000001B3) & MASK
    return value


def picture(width: int, height: int, channels: int) -> np.ndarray:
    """A random picture."""
    return random_bytes(width * height * channels).reshape(height, width, channels)


def show(*numbers: int, data: np.ndarray) -> None:
    """One line of a table."""
    print(f"        ({', '.join(map(str, numbers))}, 0x{fnv(data):016X}),")


def main() -> None:
    """Print all tables."""
    print("Lanczos: width, height, new width, new height")
    for width, height, new_width, new_height in (
        (128, 160, 256, 256), (333, 401, 256, 256), (512, 512, 256, 256), (600, 731, 256, 256), (7, 5, 256, 256),
        (256, 256, 256, 256), (100, 100, 33, 257), (1, 1, 9, 9), (97, 256, 256, 256),
    ):  # fmt: skip
        image = picture(width, height, 3)
        result = cv2.resize(image, (new_width, new_height), interpolation=cv2.INTER_LANCZOS4)
        show(width, height, new_width, new_height, data=result)
    print("bilinear from 256×256: new width, new height")
    for new_width, new_height in (
        (128, 150), (131, 157), (500, 611), (256, 256), (128, 128), (64, 77), (255, 257), (1, 1), (3, 900), (512, 512),
    ):  # fmt: skip
        image = picture(256, 256, 3)
        show(new_width, new_height, data=cv2.resize(image, (new_width, new_height)))
    print("bicubic: width, height, new width, new height")
    for width, height, new_width, new_height in (
        (512, 512, 224, 224), (512, 512, 600, 600), (64, 48, 100, 31), (5, 5, 64, 64), (512, 512, 512, 512),
    ):  # fmt: skip
        image = Image.fromarray(picture(width, height, 1)[:, :, 0])
        show(width, height, new_width, new_height, data=np.array(image.resize((new_width, new_height))))
    print("blur: width, height, kernel")
    for width, height, kernel in (
        (40, 30, 1), (40, 30, 3), (40, 30, 5), (40, 30, 7), (40, 30, 9), (40, 30, 11), (64, 64, 23), (90, 70, 57),
        (20, 20, 57), (1, 40, 11),
    ):  # fmt: skip
        image = picture(width, height, 1)[:, :, 0]
        show(width, height, kernel, data=cv2.GaussianBlur(image, (kernel, kernel), 0))


if __name__ == "__main__":
    main()
