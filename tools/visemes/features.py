"""The acoustic features of `AcousticAnalyzer` and `SpeakerNormalizer`, number for number."""

import numpy as np

RATE, HOP, WINDOW = 24_000, 240, 512
EDGES = [2, 6, 10, 14, 19, 25, 32, 40, 50, 62, 78, 98, 126, 166]  # FFT bins: 94 Hz ... 7.8 kHz
BANDS = len(EDGES) - 1
PRIOR = np.array([-5, -5, -7, -10, -15, -17, -19, -21, -22, -24, -27, -29, -32.0])
OFFSETS = [-11, -7, -4, -2, -1, 0, 1, 3]
INPUTS = BANDS + 1


def band_powers(samples):
    """[hops, bands], full scale is about 0 dB. Hop j is centred on sample 240 j + 120."""
    count = -(-len(samples) // HOP)
    padded = np.pad(samples, (WINDOW, WINDOW + HOP))
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)
    starts = np.arange(count) * HOP + HOP // 2 - WINDOW // 2 + WINDOW
    frames = padded[starts[:, None] + np.arange(WINDOW)] * window
    power = np.abs(np.fft.rfft(frames)) ** 2 * (8 / 3 / WINDOW**2 * 2)
    return np.stack([power[:, a:b].sum(1) for a, b in zip(EDGES[:-1], EDGES[1:])], 1) + 1e-10


def normalize(powers):
    """[hops, bands + 1]: bands relative to the speaker's own vowels, and loudness; about -3...1."""
    peak, mean, heard = -25.0, PRIOR.copy(), 0
    smooth = powers[0].copy()
    least = powers[0].copy()
    result = np.empty((len(powers), INPUTS))
    for hop, power in enumerate(powers):
        smooth += 0.2 * (power - smooth)
        least = np.minimum(least * 1.012, smooth)  # rises 5 dB a second
        margin = max(18 - 0.18 * hop, 7)
        noise = np.minimum(least, 10 ** ((peak + mean - margin) / 10))
        clean = 10 * np.log10(np.maximum(power - 2 * noise, 0.001 * power) + 1e-10)
        level = 10 * np.log10((10 ** (clean / 10)).sum())
        if level > peak:
            peak += 0.4 * (level - peak)
        elif level > peak - 25:
            peak -= 0.02
        if level > peak - 12 and clean[1:4].max() > clean[10:].max():
            heard = min(heard + 1, 150)
            mean += (clean - peak - mean) / (50 + heard)
        result[hop, :BANDS] = np.clip(clean - peak - mean, -36, 12) / 12
        result[hop, BANDS] = np.clip(level - peak, -36, 6) / 12
    return result


def context(features):
    count = len(features)
    padded = np.concatenate([np.full((20, INPUTS), -3.0), features, np.full((20, INPUTS), -3.0)])
    return np.concatenate([padded[20 + o : 20 + o + count] for o in OFFSETS], 1).astype(np.float32)
