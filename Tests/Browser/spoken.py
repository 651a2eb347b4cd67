"""Recordings for the microphone, cut from real speech."""

import pathlib
import wave

import numpy as np
from visiting import MEDIA

SPEECH = MEDIA / "eng.wav"
SILENT_SECONDS = 3
"""It begins with these."""


def record(path: pathlib.Path, *parts) -> pathlib.Path:
    """Writes `"silence", 1, "speech", 3`, in seconds; the speech goes on where the last of it ended."""
    with wave.open(str(SPEECH)) as source:
        rate = source.getframerate()
        words = np.frombuffer(source.readframes(source.getnframes()), np.int16)
    words = words[SILENT_SECONDS * rate :]
    position = 0
    sound = []
    for kind, seconds in zip(parts[::2], parts[1::2]):
        length = int(seconds * rate)
        if kind == "speech":
            sound.append(np.take(words, range(position, position + length), mode="wrap"))
            position += length
        else:
            sound.append(np.zeros(length, np.int16))
    with wave.open(str(path), "wb") as target:
        target.setparams((1, 2, rate, 0, "NONE", ""))
        target.writeframes(np.concatenate(sound).tobytes())
    return path
