"""A spoken utterance whose sounds are known."""

import pathlib
import wave
from typing import NamedTuple

import numpy as np

from .phones import Phone

RATE = 24_000
"""Samples a second, of all speech in training: what Visavis hears."""


class Utterance(NamedTuple):
    """What a synthesiser said."""

    samples: np.ndarray
    """float32, -1 to 1, at `RATE`."""
    phones: list[Phone]
    """In order; silence between them is a phone, too. A closure and its release are two phones of one sound."""


def resampled(samples: np.ndarray, rate: float) -> np.ndarray:
    """From `rate` to `RATE`: band-limited, by FFT, the whole at once."""
    count = int(round(len(samples) * RATE / rate))
    # Lengths with large prime factors take the FFT long.
    padded = 1 << int(np.ceil(np.log2(max(len(samples), 2))))
    spectrum = np.fft.rfft(samples, padded)
    wanted_length = int(round(padded * RATE / rate / 2)) * 2
    wanted = np.zeros(wanted_length // 2 + 1, complex)
    common = min(len(spectrum), len(wanted))
    wanted[:common] = spectrum[:common]
    return (np.fft.irfft(wanted, wanted_length)[:count] * (wanted_length / padded)).astype(np.float32)


def with_silences(phones: list[Phone], duration: float) -> list[Phone]:
    """The same, with silence where nothing is said, up to the end."""
    filled: list[Phone] = []
    time = 0.0
    for phone in phones:
        if phone.end - phone.start < 1e-4:
            continue
        if phone.start - time > 0.03:
            filled.append(Phone("sil", time, phone.start))
        elif filled and phone.start > time:
            filled[-1] = filled[-1]._replace(end=phone.start)
        filled.append(phone)
        time = phone.end
    if duration - time > 0.001:
        filled.append(Phone("sil", time, duration))
    return filled


def split(sounds: list[str], start: float, end: float) -> list[Phone]:
    """Several sounds that a synthesiser gives one time; each takes an equal share."""
    edges = np.linspace(start, end, len(sounds) + 1)
    return [Phone(sound, float(a), float(b)) for sound, a, b in zip(sounds, edges[:-1], edges[1:])]


def write_wav(samples: np.ndarray, path: pathlib.Path, rate: int = RATE) -> None:
    """16 bits, mono."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def read_wav(path: pathlib.Path) -> tuple[np.ndarray, int]:
    """float32, -1 to 1, the first channel; and the rate."""
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
        return samples[:: file.getnchannels()], file.getframerate()
