"""Holds the float16 face graph against the float32 one on a CPU.

The float16 graph is of operators that only CUDA has. Here they are taken apart into standard ones, as ONNX Runtime's
documentation of its contributed operators says what they are, so that the graph runs anywhere, if slowly.

Usage: $VISAVIS_HOME/import-venv/bin/python tools/models/check_half.py FP32_MODEL FP16_MODEL
Prints one line of JSON; fails if a picture differs by more than a few levels.
"""

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

# The largest difference of a channel: float16 has 11 bits, and the networks are deep.
LEVELS = 12
SEED = 7


class PlainGraph:
    """Nodes of a graph, with the fused ones taken apart and computed in float32."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.graph = graph
        self.nodes: list[onnx.NodeProto] = []
        self.count = 0
        for node in graph.node:
            take_apart = getattr(self, f"_{node.op_type}", None)
            if take_apart:
                take_apart(node, [name and self._op("Cast", name, to=TensorProto.FLOAT) for name in node.input])
            else:
                self.nodes.append(node)
        del graph.node[:]
        graph.node.extend(self.nodes)

    def _op(self, kind: str, *inputs: str, output: str | None = None, **attributes: object) -> str:
        self.count += 1
        output = output or f"plain_{self.count}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def _half(self, value: str, output: str) -> None:
        self._op("Cast", value, to=TensorProto.FLOAT16, output=output)

    def _constant(self, value: np.ndarray) -> str:
        self.count += 1
        self.graph.initializer.append(numpy_helper.from_array(value, f"plain_{self.count}"))
        return f"plain_{self.count}"

    def _sum(self, *values: str) -> str:
        first, *rest = (value for value in values if value)
        for value in rest:
            first = self._op("Add", first, value)
        return first

    def _NhwcConv(self, node: onnx.NodeProto, inputs: list[str]) -> None:
        attributes = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
        image, weights = (self._op("Transpose", name, perm=[0, 3, 1, 2]) for name in inputs[:2])
        output = self._op("Conv", image, weights, *inputs[2:], **attributes)
        self._half(self._op("Transpose", output, perm=[0, 2, 3, 1]), node.output[0])

    def _GroupNorm(self, node: onnx.NodeProto, inputs: list[str]) -> None:
        self._normalise_groups(node, *inputs)

    def _SkipGroupNorm(self, node: onnx.NodeProto, inputs: list[str]) -> None:
        image, gamma, beta, *added = inputs
        total = self._sum(image, *added)
        if len(node.output) > 1 and node.output[1]:
            self._half(total, node.output[1])
        self._normalise_groups(node, total, gamma, beta)

    def _normalise_groups(self, node: onnx.NodeProto, image: str, gamma: str, beta: str) -> None:
        attributes = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
        groups = attributes["groups"]
        ones, zeros = np.ones(groups, np.float32), np.zeros(groups, np.float32)
        image = self._op("Transpose", image, perm=[0, 3, 1, 2])
        grouped = self._op("Reshape", image, self._constant(np.array([0, groups, -1])))
        normal = self._op(
            "InstanceNormalization",
            grouped,
            self._constant(ones),
            self._constant(zeros),
            epsilon=attributes.get("epsilon", 1e-5),
        )
        normal = self._op("Reshape", normal, self._op("Shape", image))
        normal = self._op("Transpose", normal, perm=[0, 2, 3, 1])
        output = self._sum(self._op("Mul", normal, gamma), beta)
        if attributes.get("activation"):
            output = self._op("Mul", output, self._op("Sigmoid", output))
        self._half(output, node.output[0])

    def _SkipLayerNormalization(self, node: onnx.NodeProto, inputs: list[str]) -> None:
        tokens, skip, gamma, beta, *bias = inputs
        total = self._sum(tokens, skip, *bias)
        if len(node.output) > 3 and node.output[3]:
            self._half(total, node.output[3])
        epsilon = next(attribute.f for attribute in node.attribute if attribute.name == "epsilon")
        self._half(self._op("LayerNormalization", total, gamma, beta, axis=-1, epsilon=epsilon), node.output[0])

    def _BiasAdd(self, node: onnx.NodeProto, inputs: list[str]) -> None:
        self._half(self._sum(*inputs), node.output[0])

    def _BiasSplitGelu(self, node: onnx.NodeProto, inputs: list[str]) -> None:
        value, gate = f"{node.output[0]}_value", f"{node.output[0]}_gate"
        self.nodes.append(helper.make_node("Split", [self._sum(*inputs)], [value, gate], axis=2, num_outputs=2))
        self._half(self._op("Mul", value, self._op("Gelu", gate)), node.output[0])

    def _MultiHeadAttention(self, node: onnx.NodeProto, inputs: list[str]) -> None:
        heads = next(attribute.i for attribute in node.attribute if attribute.name == "num_heads")
        output = self._op("MultiHeadAttention", *inputs, domain="com.microsoft", num_heads=heads)
        self._half(output, node.output[0])


def pictures(graph: Path, inputs: dict[str, np.ndarray]) -> np.ndarray:
    """What the graph paints, if it is made of numbers."""
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    image, finite = session.run(["image", "finite"], inputs)
    if not finite.all():
        raise SystemExit(f"{graph}: NaN or infinity")
    return image.astype(int)


def main() -> None:
    """Compares two pictures of random latents and random speech."""
    single, half = (Path(argument) / "face.onnx" for argument in sys.argv[1:3])
    random = np.random.default_rng(SEED)
    inputs = {
        "latents": random.standard_normal((3, 8, 32, 32), np.float32),
        "frames": np.array([2, 0]),
        "conditioning": random.standard_normal((2, 50, 384), np.float32),
    }
    with tempfile.TemporaryDirectory() as folder:
        model = onnx.load(half)
        PlainGraph(model.graph)
        plain = Path(folder) / "plain.onnx"
        onnx.save(model, plain, save_as_external_data=True, location="plain.data")
        difference = np.abs(pictures(plain, inputs) - pictures(single, inputs))
    largest = int(difference.max())
    print(json.dumps({"largest_difference": largest, "mean_difference": round(float(difference.mean()), 3)}))
    if largest > LEVELS:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
