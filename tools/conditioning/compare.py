"""How close the streaming form of the speech graph comes to the whole window, and what other ways would come to.

    python tools/conditioning/compare.py --whisper ../shared/musetalk-mini/whisper eng-8s.wav
    python tools/conditioning/compare.py --random-scale 2.5 --seed 1 eng-8s.wav

It computes with the modules that `visavis models import` exports, in PyTorch; sounds are 16-bit mono WAV at 16 kHz.
"""

import argparse
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import cosine_similarity, pad
from transformers import WhisperConfig
from transformers.models.whisper.modeling_whisper import WhisperEncoder

sys.path.insert(0, str(Path(__file__).parents[2] / "Sources/Models/Import"))
import networks  # noqa: E402
import speech  # noqa: E402
import speech_step  # noqa: E402
from layout import Part  # noqa: E402
from mel import FFT, HOP, WINDOW_SAMPLES  # noqa: E402

POSITION = 320
FRAME = 2 * POSITION
# Samples that a frame waits for: its own, and two frames behind it.
HEARD = 3 * FRAME
# As in `ConditioningWindow.unheard` and `StreamingEncoder.tolerance`.
UNHEARD = 32
TOLERANCE = 0.05

WHISPER_TINY = {
    "d_model": 384,
    "encoder_layers": 4,
    "encoder_attention_heads": 6,
    "encoder_ffn_dim": 1536,
    "num_mel_bins": 80,
    "max_source_positions": 1500,
}


def main() -> None:
    """Prints a line for each way."""
    arguments = parse_arguments()
    torch.set_grad_enabled(False)
    if arguments.whisper:
        encoder = read_encoder(arguments.whisper)
    else:
        encoder = random_encoder(arguments.random_scale, arguments.seed)
    samples = read_samples(arguments.sound)[: int(arguments.seconds * 16_000)]
    frames = len(samples) // FRAME - 2
    chosen = range(0, frames, arguments.every)

    whole = window_states(speech.WholeWindow(encoder), samples)
    reference = torch.stack([frame_states(whole, frame) for frame in chosen])
    streamed = list(stream(encoder, samples, frames))
    report("streaming, cached keys and values", torch.stack([streamed[frame] for frame in chosen]), reference)
    for name, hop in (("each frame", 1), ("each 200 ms", 5)):
        again = encode_again(encoder, samples, chosen, hop)
        report(f"zero-padded window encoded again {name}", torch.stack(list(again)), reference)


def parse_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    weights = parser.add_mutually_exclusive_group(required=True)
    weights.add_argument("--whisper", type=Path, help="a folder with config.json and pytorch_model.bin")
    weights.add_argument("--random-scale", type=float, help="Whisper tiny with weights of 0.02 times this")
    parser.add_argument("--seed", type=int, default=1, help="of the random weights")
    parser.add_argument("--seconds", type=float, default=30, help="of the sound that are heard")
    parser.add_argument("--every", type=int, default=8, help="which frames are compared: windows take a second each")
    parser.add_argument("sound", type=Path)
    return parser.parse_args()


def read_encoder(folder: Path) -> WhisperEncoder:
    """The encoder of a MuseTalk folder."""
    part = Part(config=folder / "config.json", weights=folder / "pytorch_model.bin")
    return networks.load_whisper(part).eval()


def random_encoder(scale: float, seed: int) -> WhisperEncoder:
    """Whisper tiny that has learnt nothing; the larger its weights, the more a difference grows from layer to layer."""
    torch.manual_seed(seed)
    encoder = WhisperEncoder(WhisperConfig(**WHISPER_TINY)).eval()
    for name, parameter in encoder.named_parameters():
        if name.endswith("bias"):
            parameter.zero_()
        elif "conv" in name:
            # What keeps the sound as strong as the positions that are added to it.
            parameter.normal_(0, 1.4 / (parameter.shape[1] * 3) ** 0.5)
        elif parameter.dim() > 1 and "positions" not in name:
            parameter.normal_(0, 0.02 * scale)
    return encoder


def read_samples(path: Path) -> torch.Tensor:
    """-1…1."""
    with wave.open(str(path)) as file:
        if (file.getframerate(), file.getnchannels(), file.getsampwidth()) != (16_000, 1, 2):
            raise SystemExit(f"{path} is not 16-bit mono at 16 kHz.")
        return torch.from_numpy(np.frombuffer(file.readframes(file.getnframes()), "<i2") / np.float32(32_768))


def window_states(window: speech.WholeWindow, samples: torch.Tensor) -> torch.Tensor:
    """The hidden states of the 30 s that begin with `samples`: [1500, 5, 384]."""
    return window(pad(samples, (0, WINDOW_SAMPLES - len(samples)))[None])[0][0]


def frame_states(states: torch.Tensor, frame: int) -> torch.Tensor:
    """Those of one frame: [10, 5, 384], zeros before the beginning."""
    return pad(states, (0, 0, 0, 0, 4, 0))[2 * frame : 2 * frame + 10]


def stream(encoder: WhisperEncoder, samples: torch.Tensor, frames: int) -> Iterator[torch.Tensor]:
    """What `StreamingEncoder` in Swift gives for each frame."""
    step, silence = speech_step.SpeechStep(encoder).eval(), speech_step.SpeechSilence(encoder).eval()
    heads = encoder.config.encoder_attention_heads
    empty = torch.zeros(heads, speech_step.ROWS, encoder.config.d_model // heads)
    caches = (empty,) * (2 * len(encoder.layers))
    peak = peak_of_silence = torch.tensor([-torch.inf])
    for frame in range(frames):
        start = torch.tensor([2 * frame - 4])
        patch = step_samples(samples, frame)
        states, peak, *written = step(patch, peak, start, *caches)
        if peak > peak_of_silence + TOLERANCE:
            written = silence(peak, start + speech_step.BLOCK, *written)
            peak_of_silence = peak
            states, peak, *written = step(patch, peak, start, *written)
        caches = written
        states[: max(0, 4 - 2 * frame)] = 0
        yield states


def step_samples(samples: torch.Tensor, frame: int) -> torch.Tensor:
    """The samples that a frame's step hears; before the beginning and behind what is known, their mirror image."""
    count = frame * FRAME + HEARD - UNHEARD
    index = (torch.arange(speech_step.SAMPLES) + (2 * (2 * frame - 4) - 2) * HOP - FFT // 2).abs()
    index = torch.where(index < count, index, 2 * (count - 1) - index)
    return torch.where(index >= 0, samples[index.clamp(min=0)], 0.0)


def encode_again(encoder: WhisperEncoder, samples: torch.Tensor, chosen: range, hop: int) -> Iterator[torch.Tensor]:
    """The way without a cache: the whole window anew for every `hop` frames, when the last of them can be made."""
    window, known = speech.WholeWindow(encoder), {}
    for frame in chosen:
        heard = (frame // hop + 1) * hop * FRAME + HEARD - FRAME
        if heard not in known:
            known = {heard: window_states(window, samples[:heard])}
        yield frame_states(known[heard], frame)


def report(name: str, states: torch.Tensor, reference: torch.Tensor) -> None:
    """Prints how alike they are."""
    cosine = cosine_similarity(states.flatten(1), reference.flatten(1)).numpy()
    print(f"{name:48} cosine mean {cosine.mean():.4f}, p5 {np.percentile(cosine, 5):.4f}", flush=True)


if __name__ == "__main__":
    main()
