"""The weights of a graph in one file beside it. They go through memory one by one: all of them are several GB."""

from pathlib import Path
from typing import BinaryIO

import onnx

# Smaller tensors stay in the graph: they are shapes and constants, and ONNX Runtime wants to see them.
SMALLEST = 1024
# Where each tensor begins, so that the file can be mapped into memory and used as it lies.
ALIGNMENT = 4096


def save_with_external_data(model: onnx.ModelProto, folder: Path, path: Path) -> None:
    """Writes `model` to `path` and its weights to `path`.data; those that are files already lie in `folder`."""
    data = path.with_name(f"{path.name}.data")
    with data.open("wb") as file:
        for tensor in _tensors(model.graph):
            location = _location(tensor)
            content = (folder / location).read_bytes() if location else tensor.raw_data
            if len(content) < SMALLEST:
                _keep(tensor, content)
            else:
                _refer(tensor, data.name, _append(file, content), len(content))
    onnx.save(model, path)


def _tensors(graph: onnx.GraphProto) -> list[onnx.TensorProto]:
    """The weights, and the constants that the exporter wrote as nodes."""
    constants = (
        attribute.t for node in graph.node if node.op_type == "Constant" for attribute in node.attribute if attribute.name == "value"
    )
    return [tensor for tensor in [*graph.initializer, *constants] if _location(tensor) or tensor.HasField("raw_data")]


def _location(tensor: onnx.TensorProto) -> str | None:
    return next((entry.value for entry in tensor.external_data if entry.key == "location"), None)


def _keep(tensor: onnx.TensorProto, content: bytes) -> None:
    tensor.raw_data = content
    del tensor.external_data[:]
    tensor.data_location = onnx.TensorProto.DEFAULT


def _append(file: BinaryIO, content: bytes) -> int:
    file.write(b"\0" * (-file.tell() % ALIGNMENT))
    offset = file.tell()
    file.write(content)
    return offset


def _refer(tensor: onnx.TensorProto, location: str, offset: int, length: int) -> None:
    tensor.ClearField("raw_data")
    del tensor.external_data[:]
    tensor.data_location = onnx.TensorProto.EXTERNAL
    for key, value in (("location", location), ("offset", offset), ("length", length)):
        tensor.external_data.add(key=key, value=str(value))
