"""A network as an ONNX graph in a file, with named ports."""

import contextlib
import os
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import torch

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
    """Writes `plan` to `path`; its weights go beside it, into `path`.data, where ONNX's 2 GB do not hold them."""
    axes = {name for of_port in plan.dynamic.values() for name in of_port.values()}
    dimensions = {name: torch.export.Dim(name, min=1, max=65_536) for name in sorted(axes)}
    shapes = {
        name: {axis: dimensions[label] for axis, label in plan.dynamic.get(name, {}).items()} for name in plan.inputs
    }
    with torch.no_grad(), warnings.catch_warnings(), _quiet():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            plan.module.eval(),
            plan.example,
            input_names=list(plan.inputs),
            output_names=list(plan.outputs),
            dynamic_shapes=tuple(shapes[name] for name in plan.inputs),
            opset_version=OPSET,
            dynamo=True,
            verbose=False,
        )
        program.save(path, external_data=True)


@contextlib.contextmanager
def _quiet():
    """Standard output belongs to the progress lines; the exporter talks there too."""
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        yield
