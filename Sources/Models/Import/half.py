"""The face graph in float16 for NVIDIA GPUs, with the operators that ONNX Runtime has for such networks in CUDA.

Ports stay float32. The operators are com.microsoft's GroupNorm, SkipGroupNorm, NhwcConv, BiasSplitGelu, … : a provider
without them cannot run the graph, so CPUs need the float32 one.
"""

import contextlib
import tempfile
from collections import Counter
from pathlib import Path
from unittest import mock

import numpy as np
import onnx
from external_data import is_external, load_small, read_bytes, save_with_external_data
from onnxruntime.transformers import float16, optimizer
from onnxruntime.transformers.fusion_options import FusionOptions

# Importing the optimiser has made its neighbours importable by their own names, under which it imports them itself.
import onnx_model_unet  # isort: skip
from fusion_nhwc_conv import FusionNhwcConv  # isort: skip

# What the optimiser must have found; of each more in larger networks.
EXPECTED = ("GroupNorm", "SkipGroupNorm", "NhwcConv", "MultiHeadAttention", "BiasSplitGelu", "SkipLayerNormalization")


# Weights of up to this many bytes go through the optimiser; it looks into them for the patterns that it knows.
SMALL = 1 << 16
LARGEST_HALF = 65504.0


def convert_to_half(path: Path) -> Counter[str]:
    """Fuses and converts the graph at `path` in place; counts its operators."""
    options = FusionOptions("unet")
    # Attention is in one piece already.
    options.enable_attention = options.enable_multi_head_attention = False
    with tempfile.TemporaryDirectory(dir=path.parent) as folder, _unread_weights():
        single = Path(folder)
        for file in (path, path.with_name(f"{path.name}.data")):
            file.rename(single / file.name)
        model = onnx.load(single / path.name, load_external_data=False)
        load_small(model, single, SMALL)
        fused = optimizer.optimize_by_fusion(model, "unet", optimization_options=options).model
        _drop_idle_casts(fused.graph)
        shapes = _move_channels_last(fused.graph)
        kept = _mark_full_precision(fused.graph)
        half = float16.convert_float_to_float16(
            fused,
            disable_shape_infer=True,
            keep_io_types=True,
            op_block_list=float16.DEFAULT_OP_BLOCK_LIST,
            node_block_list=kept,
        )
        _gather_before_casting(half.graph)
        save_with_external_data(half, path, lambda tensor: _half_bytes(tensor, single, shapes))
    counts = Counter(node.op_type for node in half.graph.node)
    missing = [name for name in EXPECTED if not counts[name]]
    if missing:
        raise RuntimeError(f"this version of ONNX Runtime's optimiser finds no {', '.join(missing)} in {path.name}")
    return counts


@contextlib.contextmanager
def _unread_weights():
    """The optimiser works with the shapes of large weights: with their values, it takes six times their size."""
    read = onnx.numpy_helper.to_array

    def shape_alone(tensor: onnx.TensorProto, *arguments: object) -> np.ndarray:
        if not is_external(tensor):
            return read(tensor, *arguments)
        kind = onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type)
        return np.broadcast_to(np.zeros((), kind), tuple(tensor.dims))

    def without_weights(model: object, update_weight: bool) -> FusionNhwcConv:
        return FusionNhwcConv(model, update_weight=False)

    with (
        mock.patch.object(onnx.numpy_helper, "to_array", shape_alone),
        mock.patch.object(onnx_model_unet, "FusionNhwcConv", without_weights),
    ):
        yield


def _move_channels_last(graph: onnx.GraphProto) -> dict[str, list[int]]:
    """Takes away the transposing of convolutions' weights, for it to be done once, now: the shapes before."""
    weights = {tensor.name: tensor for tensor in graph.initializer}
    convolutions = {node.input[1]: node for node in graph.node if node.op_type == "NhwcConv"}
    shapes: dict[str, list[int]] = {}
    for node in list(graph.node):
        if node.op_type == "Transpose" and node.output[0] in convolutions:
            tensor = weights[node.input[0]]
            if tensor.name not in shapes:
                shapes[tensor.name] = list(tensor.dims)
                outputs, inputs, height, width = tensor.dims
                tensor.dims[:] = [outputs, height, width, inputs]
                if not is_external(tensor):
                    tensor.raw_data = _channels_last(np.frombuffer(tensor.raw_data, np.float32), shapes[tensor.name])
            convolutions[node.output[0]].input[1] = tensor.name
            graph.node.remove(node)
    return shapes


def _channels_last(weights: np.ndarray, shape: list[int]) -> bytes:
    return weights.reshape(shape).transpose(0, 2, 3, 1).tobytes()


def _half_bytes(tensor: onnx.TensorProto, folder: Path, shapes: dict[str, list[int]]) -> bytes:
    """The bytes of a weight, converted as far as the optimiser has not seen them."""
    content = read_bytes(tensor, folder)
    if not is_external(tensor) or tensor.data_type != onnx.TensorProto.FLOAT16:
        return content
    weights = np.frombuffer(content, np.float32).clip(-LARGEST_HALF, LARGEST_HALF).astype(np.float16)
    return _channels_last(weights, shapes[tensor.name]) if tensor.name in shapes else weights.tobytes()


def _drop_idle_casts(graph: onnx.GraphProto) -> None:
    """The optimiser casts the input of each convolution to the type that it has."""
    fed = {node.input[0]: node for node in graph.node if node.op_type == "NhwcConv"}
    idle = [node for node in graph.node if node.op_type == "Cast" and node.output[0] in fed]
    for cast in idle:
        fed[cast.output[0]].input[0] = cast.input[0]
        graph.node.remove(cast)


def _mark_full_precision(graph: onnx.GraphProto) -> list[str]:
    """The nodes that stay float32, and in the graph's value infos where they border on float16.

    In float16 the sum over an image overflows, and 255 steps lose their last digits; and to convert an avatar's whole
    bank of latents for the few that are gathered from it would take longer than the rest of the frame.
    """
    makers = {output: node for node in graph.node for output in node.output if output}
    gather = next(node for node in graph.node if node.op_type == "Gather" and node.input[0] == graph.input[0].name)
    kept, borders = [gather.name], [gather.output[0]]
    waiting = [output.name for output in graph.output]
    while waiting:
        name = waiting.pop()
        node = makers.get(name)
        if node is None or node.name in kept:
            continue
        if node.op_type == "NhwcConv":
            borders.append(name)
        else:
            kept.append(node.name)
            waiting += node.input
    # Resize has its factors in float32, whatever the picture is in.
    factors = (name for node in graph.node if node.op_type == "Resize" for name in node.input[1:])
    kept += [makers[name].name for name in factors if name in makers]
    del graph.value_info[:]
    for name in dict.fromkeys(borders):
        graph.value_info.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    return kept


def _gather_before_casting(graph: onnx.GraphProto) -> None:
    """Takes away the casts of the whole bank to float16 and back, before the gathering."""
    latents = graph.input[0].name
    to_half = next(node for node in graph.node if node.op_type == "Cast" and node.input[0] == latents)
    back = next(node for node in graph.node if node.op_type == "Cast" and node.input[0] == to_half.output[0])
    gather = next(node for node in graph.node if node.op_type == "Gather" and node.input[0] == back.output[0])
    gather.input[0] = latents
    graph.node.remove(to_half)
    graph.node.remove(back)
