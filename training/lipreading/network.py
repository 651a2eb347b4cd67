"""The network that reads lips off speech.

Each run hears 40 ms: eight hops of log-mel, of which four are new. Two convolutions make of them two steps of 20 ms, two
recurrent layers remember what was before. Of each step come the parts of the mouth and the viseme, as they are 55.7 ms
before the last sound that the step has heard. See docs/lip-sync.md.
"""

import pathlib

import numpy as np
import torch
from torch import nn

from . import mel
from .phones import PARTS, VISEMES

CONTEXT = 4
"""Hops of a run that the run before has heard, too."""
BEFORE = 1
"""Hops of run 0 that lie before the sound, and are silent: it ends with hop 6, 75.7 ms after the beginning of video frame
0."""


def heard_in_runs(spectra: np.ndarray, runs: int) -> np.ndarray:
    """What that many runs hear of an utterance: [CONTEXT + 4 runs, bands]; silence before its first hop and after its last."""
    heard = np.full((CONTEXT + 4 * runs, mel.BANDS), mel.SILENCE, np.float32)
    known = spectra[: len(heard) - BEFORE]
    heard[BEFORE : BEFORE + len(known)] = known
    return heard


class Ear(nn.Module):
    """Log-mel to a vector for each step."""

    def __init__(self, features: int = 96, width: int = 128):
        super().__init__()
        self.first = nn.Conv1d(mel.BANDS, features, 3)
        self.second = nn.Conv1d(features, width, 4, stride=2)

    def forward(self, spectra: torch.Tensor) -> torch.Tensor:
        """[batch, CONTEXT + 4 n, bands] to [batch, 2 n, width]."""
        heard = nn.functional.gelu(self.first(spectra.transpose(1, 2)))
        return nn.functional.gelu(self.second(heard)).transpose(1, 2)


class LipReader(nn.Module):
    """The whole network; see `forward`."""

    def __init__(self, width: int = 128, memory: int = 192):
        super().__init__()
        self.memory = memory
        self.ear = Ear(width=width)
        self.recurrent = nn.GRU(width, memory, num_layers=2, batch_first=True, dropout=0.1)
        self.parts = nn.Linear(memory, len(PARTS))
        self.visemes = nn.Linear(memory, len(VISEMES))

    def forward(self, spectra: torch.Tensor, state: torch.Tensor):
        """
        - spectra: [batch, CONTEXT + 4 n, bands].
        - state: [2, batch, memory].
        Returns logits of the parts [batch, 2 n, parts] and of the visemes [batch, 2 n, 15], and the next state.
        """
        steps, state = self.recurrent(self.ear(spectra), state)
        return self.parts(steps), self.visemes(steps), state


class _Streaming(nn.Module):
    """What is shipped: probabilities instead of logits, and a row for each utterance in every tensor."""

    def __init__(self, reader: LipReader):
        super().__init__()
        self.reader = reader

    def forward(self, spectra, memory):
        state = memory.reshape(-1, 2, self.reader.memory).transpose(0, 1)
        parts, visemes, state = self.reader(spectra, state)
        return torch.sigmoid(parts), torch.softmax(visemes, -1), state.transpose(0, 1).flatten(1)


def export(reader: LipReader, path: pathlib.Path) -> None:
    """Writes the graph of one run: `spectra` [batch, 8, bands] and `memory` [batch, 2 * memory], zeros at first, to `parts`
    [batch, 2, 8], `visemes` [batch, 2, 15] and `next_memory`."""
    reader = reader.eval().cpu()
    arguments = (torch.zeros(2, CONTEXT + 4, mel.BANDS), torch.zeros(2, 2 * reader.memory))
    names = ["spectra", "memory", "parts", "visemes", "next_memory"]
    torch.onnx.export(
        _Streaming(reader), arguments, path, dynamo=False, opset_version=17, input_names=names[:2],
        output_names=names[2:], dynamic_axes={name: {0: "batch"} for name in names})
