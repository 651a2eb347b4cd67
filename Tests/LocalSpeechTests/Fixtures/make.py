"""Makes the models of this folder: nothing learnt, but of the layouts that sherpa-onnx loads.

They recognise gibberish and hum, always the same. Needs `pip install onnx numpy`:

    python Tests/LocalSpeechTests/Fixtures/make.py
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FOLDER = Path(__file__).parent
RATE = 22_050


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def save(path, nodes, inputs, outputs, constants, metadata):
    tensors = [numpy_helper.from_array(array, name) for name, array in constants.items()]
    graph = helper.make_graph(nodes, "mini", inputs, outputs, tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    for key, text in metadata.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, str(text)
    path.parent.mkdir(exist_ok=True)
    onnx.save(model, path)


def tokens(path, symbols):
    path.write_text("".join(f"{symbol} {index}\n" for index, symbol in enumerate(symbols)))


def recogniser():
    """NeMo's CTC: one convolution from features to tokens."""
    symbols = ["<unk>", "▁he", "▁so", "llo", "me", "th", "ing", "a", "be", "ce", "de", "<blk>"]
    weights = np.random.RandomState(1).randn(len(symbols), 80, 4) * 0.3
    save(
        FOLDER / "recogniser/model.onnx",
        [
            helper.make_node("Conv", ["audio_signal", "weights"], ["scores"], strides=[4], kernel_shape=[4]),
            helper.make_node("Transpose", ["scores"], ["by_time"], perm=[0, 2, 1]),
            helper.make_node("LogSoftmax", ["by_time"], ["logprobs"], axis=-1),
        ],
        [value("audio_signal", TensorProto.FLOAT, ["N", 80, "T"]), value("length", TensorProto.INT64, ["N"])],
        [value("logprobs", TensorProto.FLOAT, ["N", "S", len(symbols)])],
        {"weights": weights.astype(np.float32)},
        {
            "model_type": "EncDecCTCModelBPE",
            "vocab_size": len(symbols) - 1,
            "subsampling_factor": 4,
            "normalize_type": "per_feature",
        },
    )
    tokens(FOLDER / "recogniser/tokens.txt", symbols)


def voice(name, inputs, metadata, symbols):
    """A hum of 93 ms for each token, its pitch by the token's number."""
    phase = np.arange(2_048, dtype=np.float32) * 2 * np.pi / RATE * 60
    save(
        FOLDER / name / "model.onnx",
        [
            helper.make_node("Cast", [inputs[0].name], ["numbers"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["numbers", "last"], ["column"]),
            helper.make_node("Mul", ["column", "phase"], ["phases"]),
            helper.make_node("Sin", ["phases"], ["waves"]),
            helper.make_node("Mul", ["waves", "level"], ["quieter"]),
            helper.make_node("Reshape", ["quieter", "shape"], ["y"]),
        ],
        inputs,
        [value("y", TensorProto.FLOAT, [1, 1, "S"])],
        {
            "last": np.array([2]),
            "phase": phase.reshape(1, 1, -1),
            "level": np.array(0.3, np.float32),
            "shape": np.array([1, 1, -1]),
        },
        {"model_type": "vits", "language": "English", "add_blank": 0, "sample_rate": RATE, **metadata},
    )
    tokens(FOLDER / name / "tokens.txt", symbols)


def main():
    recogniser()
    voice(
        "voice",
        [
            value("x", TensorProto.INT64, ["N", "L"]),
            value("x_length", TensorProto.INT64, ["N"]),
            *[value(scale, TensorProto.FLOAT, [1]) for scale in ("noise_scale", "length_scale", "noise_scale_w")],
        ],
        {"comment": "mini", "n_speakers": 0, "punctuation": ". , ! ?"},
        ["_", " ", ",", ".", "!", "?", "a", "b", "c", "d"],
    )
    (FOLDER / "voice/lexicon.txt").write_text("hello a b c\nworld d c a\n")
    voice(
        "piper",
        [
            value("input", TensorProto.INT64, ["N", "L"]),
            value("input_lengths", TensorProto.INT64, ["N"]),
            value("scales", TensorProto.FLOAT, [3]),
        ],
        {"comment": "piper", "voice": "en-us", "has_espeak": 1, "n_speakers": 1},
        ["_", "^", "$", " ", ",", ".", "!", "?", *"abdefhijklmnoprstuvwxzæðŋɐɑɔəɚɛɜɡɪɹʃʊʌʒˈˌːθʔ"],
    )


main()
