"""The file that says what a model directory is, and which bytes belong to it."""

import hashlib
import json
from pathlib import Path

import onnx

FORMAT = 1
MADE_BY = "visavis models import"
FILE_NAME = "manifest.json"

TYPES = {
    onnx.TensorProto.FLOAT: "float32",
    onnx.TensorProto.BOOL: "bool",
    onnx.TensorProto.UINT8: "uint8",
    onnx.TensorProto.INT64: "int64",
}


def sha256(path: Path) -> str:
    """The sum of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, graphs: list[str], version: str, precision: str, fingerprint: str) -> None:
    """Writes the manifest of the graphs in `folder`."""
    manifest = {
        "format": FORMAT,
        "kind": "musetalk",
        "version": version,
        "precision": precision,
        "fingerprint": fingerprint,
        "made_by": MADE_BY,
        "graphs": {name: _graph(folder, name) for name in graphs},
    }
    (folder / FILE_NAME).write_text(json.dumps(manifest, indent=2) + "\n")


def _graph(folder: Path, name: str) -> dict:
    path = folder / f"{name}.onnx"
    model = onnx.load(path, load_external_data=False)
    return {
        **_file(path),
        "data": [_file(folder / location) for location in _data_files(model)],
        "inputs": [_port(port) for port in model.graph.input],
        "outputs": [_port(port) for port in model.graph.output],
    }


def _file(path: Path) -> dict:
    return {"file": path.name, "sha256": sha256(path), "bytes": path.stat().st_size}


def _data_files(model: onnx.ModelProto) -> list[str]:
    entries = (entry for tensor in model.graph.initializer for entry in tensor.external_data)
    return sorted({entry.value for entry in entries if entry.key == "location"})


def _port(port: onnx.ValueInfoProto) -> dict:
    tensor = port.type.tensor_type
    shape = [axis.dim_param or axis.dim_value for axis in tensor.shape.dim]
    return {"name": port.name, "type": TYPES[tensor.elem_type], "shape": shape}
