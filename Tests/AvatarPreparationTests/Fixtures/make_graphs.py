"""Makes the graphs beside it: stand-ins for a face parser. Colours are its parts: skin is red
in the first, nowhere in the second; the third is too small.

    python Tests/AvatarPreparationTests/Fixtures/make_graphs.py

The files are committed, as onnx 1.23 wrote them: a test run does not need it.
"""

import pathlib

import onnx
from onnx import TensorProto, helper

HERE = pathlib.Path(__file__).resolve().parent


def graph(size: int, first: int = 1) -> onnx.ModelProto:
    """Three planes to nineteen: those three from the one of that number on, and zeros."""
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, size, size])
    parts = helper.make_tensor_value_info("parts", TensorProto.FLOAT, [1, 19, size, size])
    pads = helper.make_tensor("pads", TensorProto.INT64, [8], [0, first, 0, 0, 0, 16 - first, 0, 0])
    node = helper.make_node("Pad", ["image", "pads"], ["parts"])
    made = helper.make_graph([node], "colours", [image], [parts], [pads])
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def main() -> None:
    """Write all."""
    onnx.save(graph(512), HERE / "colours.onnx")
    onnx.save(graph(512, first=2), HERE / "nothing.onnx")
    onnx.save(graph(64), HERE / "small.onnx")


if __name__ == "__main__":
    main()
