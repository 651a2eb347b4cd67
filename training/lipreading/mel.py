"""Log-mel spectra, number for number those of `MelSpectrum` in Sources/LipSync/Viseme: change them together.

Hop j is centred on sample 240 j + 120 at 24 kHz (10 ms apart): a periodic Hann window of 512 samples, 21 ms, continued with
zeros to 1024, its power gathered by triangles into 32 bands between 60 Hz and 7.8 kHz. Recordings at 16 kHz have nothing
above, so nothing above is looked at.
"""

import numpy as np

from .utterance import RATE

HOP, WINDOW, FFT, BANDS = 240, 512, 1024, 32
LOW, HIGH = 60.0, 7_800.0
FLOOR = 1e-9
"""Of the power, where a sine of full scale has 1: what lies below -90 dB is silence."""
SILENCE = (10 * np.log10(FLOOR) + 50) / 20
"""A band of digital silence."""


def _mel(hertz):
    return 2595 * np.log10(1 + hertz / 700)


def _triangles() -> np.ndarray:
    edges = 700 * (10 ** (np.linspace(_mel(LOW), _mel(HIGH), BANDS + 2) / 2595) - 1)
    bins = np.arange(FFT // 2 + 1) * RATE / FFT
    rising = (bins[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins[:, None]) / (edges[2:] - edges[1:-1])
    return np.maximum(0, np.minimum(rising, falling)).astype(np.float32)


TRIANGLES = _triangles()
_HANN = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)
# A sine of full scale has |X| = WINDOW / 4 under a Hann window.
_SCALE = 16 / WINDOW**2


def log_mel(samples: np.ndarray, count: int | None = None) -> np.ndarray:
    """[hops, BANDS], float32: decibels, 0 at -50 dB of full scale and 1 at -30 dB."""
    count = count if count is not None else -(-len(samples) // HOP)
    before = WINDOW // 2 - HOP // 2
    padded = np.zeros(before + count * HOP + WINDOW, np.float32)
    padded[before : before + min(len(samples), len(padded) - before)] = samples[: len(padded) - before]
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[: count * HOP : HOP] * _HANN
    spectrum = np.fft.rfft(frames, FFT)
    power = ((spectrum.real**2 + spectrum.imag**2).astype(np.float32) * _SCALE) @ TRIANGLES
    return ((10 * np.log10(power + FLOOR) + 50) / 20).astype(np.float32)
