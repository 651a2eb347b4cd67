"""The weights of a graph in one file beside it. They go through memory one by one: all of them are several GB."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import onnx

# Smaller tensors stay in the graph: they are shapes and constants, and ONNX Runtime wants to see them.
SMALLEST = 1024
# Where each tensor begins, so that the file can be mapped into memory and used as it lies.
ALIGNMENT = 4096


def save_with_external_data(model: onnx.ModelProto, path: Path, read: Callable[[onnx.TensorProto], bytes]) -> None:
    """Writes `model` to `path` and its weights to `path`.data; `read` answers with the bytes of each."""
    data = path.with_name(f"{path.name}.data")
    with data.open("wb") as file:
        for tensor in _tensors(model.graph):
            content = read(tensor)
            if len(content) < SMALLEST:
                _keep(tensor, content)
            else:
                _refer(tensor, data.name, _append(file, content), len(content))
    onnx.save(model, path)


def read_bytes(tensor: onnx.TensorProto, folder: Path) -> bytes:
    """The bytes of a tensor, from its file in `folder` if it has one."""
    if not is_external(tensor):
        return tensor.raw_data
    entries = {entry.key: entry.value for entry in tensor.external_data}
    with (folder / entries["location"]).open("rb") as file:
        file.seek(int(entries.get("offset", 0)))
        return file.read(int(entries.get("length", -1)))


def load_small(model: onnx.ModelProto, folder: Path, largest: int) -> None:
    """Takes tensors of up to `largest` bytes from their file into the graph; the others stay where they are."""
    for tensor in _tensors(model.graph):
        length = next((int(entry.value) for entry in tensor.external_data if entry.key == "length"), 0)
        if is_external(tensor) and length <= largest:
            _keep(tensor, read_bytes(tensor, folder))


def is_external(tensor: onnx.TensorProto) -> bool:
    """Whether the bytes are in another file."""
    return tensor.data_location == onnx.TensorProto.EXTERNAL


def _tensors(graph: onnx.GraphProto) -> list[onnx.TensorProto]:
    """The weights, and the constants that the exporter wrote as nodes."""
    constants = (
        attribute.t
        for node in graph.node
        if node.op_type == "Constant"
        for attribute in node.attribute
        if attribute.name == "value"
    )
    return [tensor for tensor in [*graph.initializer, *constants] if is_external(tensor) or tensor.HasField("raw_data")]


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
