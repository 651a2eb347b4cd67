"""Recordings for the microphone, cut from real speech."""

import pathlib
import wave

import numpy as np
from recordings import ENGLISH

SILENT_SECONDS = 3
"""It begins with these."""
PHRASES = [3.07, 12.0, 16.58, 18.88, 20.8, 24.8, 27.26, 32.38, 36.99, 41.22, 43.62, 46.27, 47.65, 51.42, 54.56]
"""Where somebody begins to speak in it after a pause, in seconds, as a trained detector (Silero VAD 5) hears it."""
BEFORE_PHRASE_SECONDS = 0.06
"""What the detector may be late."""


def record(path: pathlib.Path, *parts) -> pathlib.Path:
    """Writes `"silence", 1, "speech", 3`, in seconds.

    Speech goes on where the last of it ended, in the middle of a word perhaps; a "phrase" begins as people do, at the
    next phrase.
    """
    with wave.open(str(ENGLISH)) as source:
        rate = source.getframerate()
        words = np.frombuffer(source.readframes(source.getnframes()), np.int16)
    words = words[SILENT_SECONDS * rate :]
    position = 0
    sound = []
    for kind, seconds in zip(parts[::2], parts[1::2]):
        length = int(seconds * rate)
        if kind == "phrase":
            starts = (int((start - SILENT_SECONDS - BEFORE_PHRASE_SECONDS) * rate) for start in PHRASES)
            position = next(start for start in starts if start >= position)
        if kind in ("speech", "phrase"):
            sound.append(np.take(words, range(position, position + length), mode="wrap"))
            position += length
        else:
            sound.append(np.zeros(length, np.int16))
    with wave.open(str(path), "wb") as target:
        target.setparams((1, 2, rate, 0, "NONE", ""))
        target.writeframes(np.concatenate(sound).tobytes())
    return path
