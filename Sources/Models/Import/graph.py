"""A network as an ONNX graph in a file, with named ports."""

import contextlib
import os
import tempfile
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import onnx
import torch
from external_data import read_bytes, save_with_external_data

# The newest that every ONNX Runtime since 1.17 and TensorRT 10 know.
OPSET = 20


@dataclass(frozen=True)
class GraphPlan:
    """What to write: the module, inputs to trace it with, its ports' names, and the names of axes that may vary."""

    module: torch.nn.Module
    example: tuple[torch.Tensor, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    dynamic: dict[str, dict[int, str]] = field(default_factory=dict)


def write_graph(plan: GraphPlan, path: Path) -> None:
    """Writes `plan` to `path` and its weights beside it, to `path`.data: ONNX itself holds no more than 2 GB."""
    with torch.no_grad(), warnings.catch_warnings(), _quiet(), tempfile.TemporaryDirectory(dir=path.parent) as folder:
        warnings.simplefilter("ignore")
        scattered = Path(folder) / path.name
        # The exporter by tracing: a tenth of the other one's time, and it lets operators speak for themselves.
        torch.onnx.export(
            plan.module.eval(),
            plan.example,
            str(scattered),
            input_names=list(plan.inputs),
            output_names=list(plan.outputs),
            dynamic_axes=plan.dynamic,
            opset_version=OPSET,
            dynamo=False,
        )
        model = onnx.load(scattered, load_external_data=False)
        _name_axes(model, plan)
        save_with_external_data(model, path, lambda tensor: read_bytes(tensor, Path(folder)))


def _name_axes(model: onnx.ModelProto, plan: GraphPlan) -> None:
    """Gives the outputs the shapes that the example has, but for the axes that may vary."""
    with torch.no_grad():
        outputs = plan.module(*plan.example)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    for port, tensor in zip(model.graph.output, outputs, strict=True):
        axes = plan.dynamic.get(port.name, {})
        shape = port.type.tensor_type.shape
        del shape.dim[:]
        for axis, size in enumerate(tensor.shape):
            if axis in axes:
                shape.dim.add(dim_param=axes[axis])
            else:
                shape.dim.add(dim_value=size)


@contextlib.contextmanager
def _quiet():
    """Standard output belongs to the progress lines; the exporter talks there too."""
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        yield
