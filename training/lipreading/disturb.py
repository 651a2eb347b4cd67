"""Speech as other people, rooms, microphones and lines would have it, and sound that is no speech at all."""

import numpy as np
from scipy import signal

from .phones import Phone
from .utterance import RATE, Utterance, resampled


def disturbed(utterance: Utterance, rng: np.random.Generator) -> Utterance:
    """The same words otherwise: another speaker, a room, a microphone, noise or music, a line. Times are kept true."""
    samples, phones = utterance
    samples, phones = _speaker(samples, phones, rng)
    samples, phones = _beginning(samples, phones, rng)
    if rng.random() < 0.2:
        samples, phones = _interruption(samples, phones, rng)
    if rng.random() < 0.5:
        samples = _room(samples, rng)
    samples = _microphone(samples, rng)
    level = 10 ** (rng.uniform(-42, -14) / 20)
    samples = samples * (level / (np.sqrt((samples**2).mean()) + 1e-9))
    if rng.random() < 0.8:
        samples = samples + background(len(samples), rng) * (level * 10 ** (-rng.uniform(6, 45) / 20))
    if rng.random() < 0.35:
        samples = _line(samples, rng)
    return Utterance(np.clip(samples, -1, 1).astype(np.float32), phones)


def _speaker(samples, phones, rng):
    """A shorter or longer vocal tract: pitch and formants by up to a sixth, and the tempo with them."""
    factor = rng.uniform(0.85, 1.18)
    samples = resampled(samples, RATE * factor)
    phones = [phone._replace(start=phone.start / factor, end=phone.end / factor) for phone in phones]
    return samples, phones


def _beginning(samples, phones, rng):
    """Now and then it begins in the middle of a word, or after a pause."""
    draw = rng.random()
    if draw < 0.25:
        cut = rng.uniform(0, min(1.0, len(samples) / RATE / 2))
        samples = samples[int(cut * RATE) :]
        phones = [
            phone._replace(start=max(phone.start - cut, 0), end=phone.end - cut) for phone in phones if phone.end > cut
        ]
    elif draw < 0.5:
        pause = rng.uniform(0.1, 1.0)
        samples = np.concatenate([np.zeros(int(pause * RATE), np.float32), samples])
        phones = [Phone("sil", 0, pause)] + [
            phone._replace(start=phone.start + pause, end=phone.end + pause) for phone in phones
        ]
    return samples, phones


def _interruption(samples, phones, rng):
    """It breaks off, wherever it is, and nobody goes on."""
    end = rng.uniform(0.4, 0.95) * len(samples) / RATE
    pause = rng.uniform(0.3, 1.0)
    samples = samples[: int(end * RATE)].copy()
    fade = min(int(rng.uniform(0.001, 0.01) * RATE), len(samples))
    samples[-fade:] *= np.linspace(1, 0, fade)
    samples = np.concatenate([samples, np.zeros(int(pause * RATE), np.float32)])
    phones = [phone._replace(end=min(phone.end, end)) for phone in phones if phone.start < end]
    return samples, phones + [Phone("sil", end, end + pause)]


def _room(samples, rng):
    """Reflections that fade within 0.1 to 0.6 s, beside the direct sound."""
    length = int(rng.uniform(0.1, 0.6) * RATE)
    times = np.arange(length) / RATE
    tail = rng.standard_normal(length) * np.exp(-6.9 * times / (length / RATE))
    tail[: int(rng.uniform(0.001, 0.01) * RATE)] = 0
    tail *= rng.uniform(0.1, 0.6) / np.sqrt((tail**2).sum())
    tail[0] = 1
    return signal.fftconvolve(samples, tail)[: len(samples)]


def _spectrum_shaped(samples, gain_of_hertz):
    size = 1 << int(np.ceil(np.log2(len(samples) + 1)))
    hertz = np.fft.rfftfreq(size, 1 / RATE)
    return np.fft.irfft(np.fft.rfft(samples, size) * gain_of_hertz(hertz), size)[: len(samples)]


def _microphone(samples, rng):
    """A tilt, a few broad humps and dips, and where it ends below and above."""
    tilt, depth = rng.uniform(-3, 3), rng.uniform(0, 4)
    ripple, phase = rng.uniform(1, 3), rng.uniform(0, 6.3)
    low = rng.uniform(20, 300) if rng.random() < 0.4 else 10
    high = rng.uniform(3_200, 7_500) if rng.random() < 0.35 else 11_900

    def gain(hertz):
        octaves = np.log2(np.maximum(hertz, 50) / 1000)
        decibels = tilt * octaves + depth * np.sin(octaves * ripple + phase)
        edges = 1 / (1 + (low / np.maximum(hertz, 1)) ** 6) / (1 + (hertz / high) ** 16)
        return 10 ** (decibels / 20) * edges

    return _spectrum_shaped(samples, gain)


def _line(samples, rng):
    """What clipping, telephones and low bit rates do."""
    kind = rng.integers(4)
    if kind == 0:  # an overdriven input
        limit = np.quantile(np.abs(samples), rng.uniform(0.9, 0.995)) + 1e-6
        return np.clip(samples, -limit, limit)
    if kind == 1:  # a telephone: 300 to 3400 Hz, 8 bits, logarithmic
        narrow = _spectrum_shaped(
            samples, lambda hertz: (hertz > 300) * (hertz < 3400) + 0.0)
        peak = np.abs(narrow).max() + 1e-6
        bent = np.sign(narrow) * np.log1p(255 * np.abs(narrow) / peak) / np.log(256)
        bent = np.round(bent * 127) / 127
        return np.sign(bent) * (np.expm1(np.abs(bent) * np.log(256)) / 255) * peak
    if kind == 2:  # a transform codec at few bits: bins below a share of their frame's largest are lost
        _, _, frames = signal.stft(samples, RATE, nperseg=512, noverlap=256)
        largest = np.abs(frames).max(0, keepdims=True)
        frames = frames * (np.abs(frames) > largest * 10 ** (-rng.uniform(18, 32) / 20))
        _, decoded = signal.istft(frames, RATE, nperseg=512, noverlap=256)
        return np.pad(decoded, (0, max(0, len(samples) - len(decoded))))[: len(samples)]
    # lost packets of 20 ms, each replaced by silence
    result = samples.copy()
    packet = RATE // 50
    for start in range(0, len(result) - packet, packet):
        if rng.random() < 0.02:
            result[start : start + packet] *= 0.05
    return result


def _unit(samples):
    return samples / (np.sqrt((samples**2).mean()) + 1e-9)


def background(count: int, rng: np.random.Generator) -> np.ndarray:
    """Sound without speech, at a root mean square of 1: noise, hum, knocks, music."""
    kind = rng.integers(6)
    if kind <= 1:
        return noise(count, rng)
    if kind == 2:
        return _unit(noise(count, rng) * (0.2 + np.abs(_slow(count, rng, rng.uniform(0.5, 6)))))
    if kind == 3:
        return _hum(count, rng)
    if kind == 4:
        return knocks(count, rng)
    return music(count, rng)


def noise(count, rng):
    """White to brown."""
    exponent = rng.uniform(-1.0, 0.1)
    return _unit(_spectrum_shaped(rng.standard_normal(count), lambda hertz: np.maximum(hertz, 40) ** exponent))


def _slow(count, rng, hertz):
    """Changes about `hertz` times a second."""
    points = max(4, int(count / RATE * hertz) + 3)
    return np.interp(np.linspace(0, points - 1, count), np.arange(points), rng.standard_normal(points))


def _hum(count, rng):
    base = rng.choice([50.0, 60.0, rng.uniform(80, 240)])
    times = np.arange(count) / RATE
    tones = sum(
        np.sin(2 * np.pi * base * number * times + rng.uniform(0, 6.3)) * rng.uniform(0, 1) / number
        for number in range(1, 16)
    )
    return _unit(tones + 0.1 * noise(count, rng))


def knocks(count, rng):
    """Keys, cups, steps: short bursts that ring."""
    result = 0.02 * noise(count, rng)
    for _ in range(rng.poisson(count / RATE * rng.uniform(1, 6)) + 1):
        length = int(rng.uniform(0.01, 0.12) * RATE)
        at = rng.integers(max(1, count - length))
        times = np.arange(length) / RATE
        burst = rng.standard_normal(length) * np.exp(-times / rng.uniform(0.003, 0.03))
        if rng.random() < 0.5:
            burst += np.sin(2 * np.pi * rng.uniform(200, 3000) * times) * np.exp(-times / rng.uniform(0.01, 0.05))
        room = result[at : at + length]
        room += burst[: len(room)] * rng.uniform(0.3, 1)
    return _unit(result)


_SCALES = [[0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10], [0, 2, 4, 7, 9]]


def music(count: int, rng: np.random.Generator) -> np.ndarray:
    """Chords, a melody and drums of a made-up piece, at a root mean square of 1."""
    result = np.zeros(count)
    scale = _SCALES[rng.integers(len(_SCALES))]
    key = rng.uniform(90, 180)
    beat = int(60 / rng.uniform(70, 150) * RATE)

    def note(degree, length, brightness):
        semitones = scale[degree % len(scale)] + 12 * (degree // len(scale))
        hertz = key * 2 ** (semitones / 12)
        times = np.arange(length) / RATE
        vibrato = 1 + 0.003 * np.sin(2 * np.pi * 5.5 * times)
        tone = sum(
            np.sin(2 * np.pi * hertz * number * np.cumsum(vibrato) / RATE) * brightness ** (number - 1)
            for number in range(1, 9) if hertz * number < 9_000
        )
        envelope = np.minimum(1, times / 0.01) * np.exp(-times * rng.uniform(0.5, 4))
        return tone * envelope

    chords, melody, drums = rng.random() < 0.9, rng.random() < 0.7, rng.random() < 0.6
    for number, at in enumerate(range(0, count, beat)):
        if chords and number % 4 == 0:
            root = rng.integers(7)
            for third in (0, 2, 4):
                tone = note(root + third, min(4 * beat, count - at), rng.uniform(0.3, 0.6))
                result[at : at + len(tone)] += tone * 0.4
        if melody and rng.random() < 0.8:
            tone = note(7 + rng.integers(10), min(beat, count - at), rng.uniform(0.3, 0.75))
            result[at : at + len(tone)] += tone * rng.uniform(0.3, 0.9)
        if drums:
            length = min(int(0.15 * RATE), count - at)
            times = np.arange(length) / RATE
            hit = np.sin(2 * np.pi * 60 * times) * 2 if number % 2 == 0 else rng.standard_normal(length)
            result[at : at + length] += hit * np.exp(-times / 0.03)
    return _unit(result + 1e-4 * rng.standard_normal(count))
