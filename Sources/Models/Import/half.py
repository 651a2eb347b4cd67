"""The face graph in float16 for NVIDIA GPUs, with the operators that ONNX Runtime has for such networks in CUDA.

Ports stay float32. The operators are com.microsoft's GroupNorm, SkipGroupNorm, NhwcConv, BiasSplitGelu, … : a provider
without them cannot run the graph, so CPUs need the float32 one.
"""

from collections import Counter
from pathlib import Path

import onnx
from external_data import save_with_external_data
from onnxruntime.transformers.float16 import DEFAULT_OP_BLOCK_LIST, convert_float_to_float16
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model

# What the optimiser must have found; of each more in larger networks.
EXPECTED = ("GroupNorm", "SkipGroupNorm", "NhwcConv", "MultiHeadAttention", "BiasSplitGelu", "SkipLayerNormalization")


def convert_to_half(path: Path) -> Counter[str]:
    """Fuses and converts the graph at `path` in place; counts its operators."""
    options = FusionOptions("unet")
    # Attention is in one piece already.
    options.enable_attention = options.enable_multi_head_attention = False
    fused = optimize_model(str(path), model_type="unet", opt_level=0, optimization_options=options, use_gpu=True).model
    _drop_idle_casts(fused.graph)
    kept = _mark_full_precision(fused.graph)
    half = convert_float_to_float16(
        fused,
        disable_shape_infer=True,
        keep_io_types=True,
        op_block_list=DEFAULT_OP_BLOCK_LIST,
        node_block_list=kept,
    )
    _gather_before_casting(half.graph)
    counts = Counter(node.op_type for node in half.graph.node)
    missing = [name for name in EXPECTED if not counts[name]]
    if missing:
        raise RuntimeError(f"this version of ONNX Runtime's optimiser finds no {', '.join(missing)} in {path.name}")
    save_with_external_data(half, path.parent, path)
    return counts


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
