"""The streaming form of the speech graph: ten positions of Whisper's encoder at a time, with what was heard before.

A position of the encoder lasts 20 ms. Video frame k needs the positions 2k - 4 to 2k + 5, and is wanted when nothing
later has been heard. Those ten, the block, go through every layer together. They attend to the keys and values of all
1500 positions of the 30 s window, which a cache holds: those before the block as they were when they left it, having
heard up to 180 ms of what came after them; the block's own, which the block writes into the cache first; and those
not yet heard, as a silent window has them. With the next frame the block moves on by two positions.

So a frame costs ten positions instead of 1500, whatever the length of the speech, and what it is does not depend on
the pieces in which the sound came.
"""

import math

import torch
from graph import GraphPlan
from mel import BANDS, FFT, HOP, WINDOW_SAMPLES, MelPower
from torch import nn
from transformers.models.whisper.modeling_whisper import WhisperEncoder

POSITIONS = 1500
BLOCK = 10
# The block may stick out of the window: it does at its beginning, where the last frames of one window and the first
# of the next overlap. The cache has room for that at both ends, and no position attends to it.
MARGIN = BLOCK
ROWS = MARGIN + POSITIONS + MARGIN

# What the two convolutions before the layers need of the spectrogram: two frames before the block, one behind it.
CONV1_FRAMES = 2 * BLOCK + 1
MEL_FRAMES = CONV1_FRAMES + 2
SAMPLES = (MEL_FRAMES - 1) * HOP + FFT
# The last frames of the block's sound are still half unheard, and may not decide how loud the speech is.
HALF_HEARD = 2

# Whisper lifts everything that is more than eight decades (of power) below the loudest band of the whole window. Who
# hears as it goes takes the loudest so far, and nothing below the least of these, which is very quiet speech; the
# greatest is a sine of full scale. Silent windows are computed for these four, others by the cubic through them.
PEAKS = (-1.0, 0.15, 1.3, 2.45)
FLOOR_BELOW_PEAK = 8


def normalised(decades: torch.Tensor, peak: torch.Tensor) -> torch.Tensor:
    """What Whisper reads, of log10 power, where `peak` is the loudest."""
    return (torch.maximum(decades, peak - FLOOR_BELOW_PEAK) + 4) / 4


class _Write(torch.autograd.Function):
    """`cache` [heads, rows, width] with `block` [heads, n, width] at the (head, row) of each vector, [heads, n, 2].

    ONNX Runtime works in place where input and output are the same memory, which is allowed here: whoever follows
    reads the output alone.
    """

    @staticmethod
    def forward(_, cache, places, block):
        return torch.index_put(cache, (places[..., 0], places[..., 1]), block)

    @staticmethod
    def symbolic(graph, cache, places, block):
        output = graph.op("ScatterND", cache, places, block)
        output.setType(cache.type())
        return output


class CachedLayer(nn.Module):
    """One layer of the encoder for a block of positions; its cached keys and values are [heads, ROWS, width] each."""

    def __init__(self, layer: nn.Module) -> None:
        super().__init__()
        self.layer = layer
        self.heads = layer.self_attn.num_heads
        hidden = torch.zeros(ROWS)
        hidden[:MARGIN] = hidden[-MARGIN:] = -torch.inf
        self.register_buffer("hidden_rows", hidden)

    def forward(
        self, states: torch.Tensor, places: torch.Tensor, keys: torch.Tensor, values: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        attention = self.layer.self_attn
        heard = self.layer.self_attn_layer_norm(states)
        keys = _Write.apply(keys, places, self._by_head(attention.k_proj(heard)))
        values = _Write.apply(values, places, self._by_head(attention.v_proj(heard)))
        queries = self._by_head(attention.q_proj(heard)) * attention.scaling
        weights = torch.softmax(queries @ keys.transpose(1, 2) + self.hidden_rows, dim=-1)
        seen = (weights @ values).transpose(0, 1).flatten(1)
        states = states + attention.out_proj(seen)
        inner = nn.functional.gelu(self.layer.fc1(self.layer.final_layer_norm(states)))
        return states + self.layer.fc2(inner), keys, values

    def _by_head(self, vectors: torch.Tensor) -> torch.Tensor:
        """[positions, channels] to [heads, positions, width]."""
        return vectors.unflatten(1, (self.heads, -1)).transpose(0, 1)


def places_of(rows: torch.Tensor, heads: int) -> torch.Tensor:
    """Where a layer writes those rows: [heads, rows, 2]."""
    of_heads = torch.arange(heads)[:, None] + 0 * rows
    return torch.stack([of_heads, rows + 0 * of_heads], dim=2)


class SpeechStep(nn.Module):
    """One video frame's block.

    Inputs: `samples` [SAMPLES], from 160 · (2 · start - 2) - 200 on; `peak` [1], the loudest so far in decades, minus
    infinity at first; `start` [1], the block's first position in its window, from -8 to 1490; `keys` and `values` of
    each layer. Outputs: `states` [10, layers + 1, 384], without meaning for positions outside the window; `peak` and
    caches for the next block, these in the same memory if wanted.
    """

    def __init__(self, encoder: WhisperEncoder) -> None:
        super().__init__()
        self.power = MelPower()
        self.encoder = encoder
        self.layers = nn.ModuleList(CachedLayer(layer) for layer in encoder.layers)
        positions = encoder.embed_positions.weight
        self.register_buffer("positions", nn.functional.pad(positions, (0, 0, MARGIN, MARGIN)))

    def forward(
        self, samples: torch.Tensor, peak: torch.Tensor, start: torch.Tensor, *caches: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        decades = self.power(samples[None]).clamp(min=1e-10).log10()[0]
        in_window = self._in_window(2 * start - 2, MEL_FRAMES)
        heard = torch.where(in_window, decades, -torch.inf)[:, :-HALF_HEARD]
        peak = torch.maximum(peak, heard.flatten().amax(dim=0, keepdim=True)).clamp(min=PEAKS[0])
        # Beyond the window's ends the convolutions see zeros, not silence.
        mel = torch.where(in_window, normalised(decades, peak), 0.0)
        hidden = nn.functional.gelu(nn.functional.conv1d(mel[None], self.encoder.conv1.weight, self.encoder.conv1.bias))
        hidden = torch.where(self._in_window(2 * start - 1, CONV1_FRAMES), hidden, 0.0)
        conv2 = self.encoder.conv2
        hidden = nn.functional.gelu(nn.functional.conv1d(hidden, conv2.weight, conv2.bias, stride=2))
        rows = start + MARGIN + torch.arange(BLOCK)
        hidden = hidden[0].transpose(0, 1) + self.positions[rows]
        places = places_of(rows, self.layers[0].heads)
        states, written = [hidden], []
        for layer, keys, values in zip(self.layers, caches[::2], caches[1::2], strict=True):
            hidden, keys, values = layer(hidden, places, keys, values)
            states.append(hidden)
            written += [keys, values]
        states[-1] = self.encoder.layer_norm(hidden)
        return torch.stack(states, dim=1), peak, *written

    def _in_window(self, first: torch.Tensor, count: int) -> torch.Tensor:
        """Which of `count` frames from `first` on are frames of the window."""
        frames = first + torch.arange(count)
        return (frames >= 0) & (frames < WINDOW_SAMPLES // HOP)


class SpeechSilence(nn.Module):
    """Fills the caches from position `start` on with a silent window's keys and values.

    Inputs: `peak` [1], the loudest so far in decades, minus infinity where nothing has been heard; `start` [1]; `keys`
    and `values` of each layer. Outputs: the caches for the next block, which may be the same memory.
    """

    def __init__(self, encoder: WhisperEncoder) -> None:
        super().__init__()
        with torch.no_grad():
            windows = [silent_caches(encoder, peak) for peak in PEAKS]
        self.names = [f"silent_{name}" for name in cache_names(encoder)]
        for name, *caches in zip(self.names, *windows, strict=True):
            self.register_buffer(name, torch.stack(caches).flatten(1))

    def forward(self, peak: torch.Tensor, start: torch.Tensor, *caches: torch.Tensor) -> tuple[torch.Tensor, ...]:
        shares = cubic_shares(peak.clamp(PEAKS[0], PEAKS[-1]))
        heard = (torch.arange(ROWS) < start + MARGIN)[None, :, None]
        return tuple(
            torch.where(heard, cache, (shares[None] @ getattr(self, name)).view(cache.shape))
            for name, cache in zip(self.names, caches, strict=True)
        )


def cubic_shares(peak: torch.Tensor) -> torch.Tensor:
    """How much each of the PEAKS counts at `peak` [1]: Lagrange's polynomials, [4]."""
    shares = []
    for own in PEAKS:
        others = [other for other in PEAKS if other != own]
        shares.append(math.prod((peak - other) / (own - other) for other in others))
    return torch.cat(shares)


def cache_names(encoder: WhisperEncoder) -> list[str]:
    """The ports of the caches, in their order."""
    return [f"{kind}_{layer}" for layer in range(len(encoder.layers)) for kind in ("keys", "values")]


def silent_caches(encoder: WhisperEncoder, peak: float) -> list[torch.Tensor]:
    """The keys and values of every layer for a window in which nothing is heard, in the order of their names."""
    silence = normalised(torch.full((1, BANDS, WINDOW_SAMPLES // HOP), -torch.inf), torch.tensor(peak))
    states = nn.functional.gelu(encoder.conv1(silence))
    states = nn.functional.gelu(encoder.conv2(states))[0].transpose(0, 1) + encoder.embed_positions.weight
    states = nn.functional.pad(states, (0, 0, MARGIN, MARGIN))
    caches = []
    for layer in encoder.layers:
        cached = CachedLayer(layer)
        empty = torch.zeros(cached.heads, ROWS, states.shape[1] // cached.heads)
        states, keys, values = cached(states, places_of(torch.arange(ROWS), cached.heads), empty, empty)
        caches += [keys, values]
    return caches


def plan(encoder: WhisperEncoder) -> GraphPlan:
    """The graph `speech_step.onnx`."""
    return _plan(encoder, SpeechStep(encoder), {"samples": torch.zeros(SAMPLES)}, ("states", "next_peak"))


def silence_plan(encoder: WhisperEncoder) -> GraphPlan:
    """The graph `speech_silence.onnx`."""
    return _plan(encoder, SpeechSilence(encoder), {}, ())


def _plan(
    encoder: WhisperEncoder, module: nn.Module, inputs: dict[str, torch.Tensor], outputs: tuple[str, ...]
) -> GraphPlan:
    heads = encoder.config.encoder_attention_heads
    cache = torch.zeros(heads, ROWS, encoder.config.d_model // heads)
    names = cache_names(encoder)
    position = {"peak": torch.zeros(1), "start": torch.zeros(1, dtype=torch.int64)}
    return GraphPlan(
        module=module,
        example=(*inputs.values(), *position.values(), *(cache.clone() for _ in names)),
        inputs=(*inputs, *position, *names),
        outputs=(*outputs, *(f"next_{name}" for name in names)),
    )
