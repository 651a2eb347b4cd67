"""When the sounds of a recording are heard whose words are known: forced alignment by PocketSphinx."""

import pathlib

import numpy as np
import pocketsphinx

from .notation import RADIO, from_names
from .phones import Phone
from .utterance import split, with_silences

RATE = 16_000
"""Samples a second, of what PocketSphinx hears."""
_FRAME = 0.01
_ADDED = {"biden's": "B AY D AH N Z", "unmasking": "AH N M AE S K IH NG", "unmasking's": "AH N M AE S K IH NG Z",
          "american's": "AH M EH R AH K AH N Z"}  # fmt: skip
"""Words that its dictionary may lack."""


def words(file: pathlib.Path) -> str:
    """What is said, of a file whose lines that begin with # are remarks."""
    return " ".join(line for line in file.read_text().splitlines() if not line.startswith("#"))


def aligned(samples: np.ndarray, said: str) -> list[Phone]:
    """The sounds of English words in a recording at `RATE`, each with its times. The recording is to end with the words.

    PocketSphinx's dictionary has no stress, and one vowel for those of "but" and "about": all are taken for the first.
    """
    decoder = pocketsphinx.Decoder(
        lm=None, samprate=RATE, loglevel="FATAL", bestpath=False, beam=1e-200, wbeam=1e-150, pbeam=1e-150)
    for word, sounds in _ADDED.items():
        if decoder.lookup_word(word) is None:
            decoder.add_word(word, sounds, True)
    sound = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
    decoder.set_align_text(said)
    _hear(decoder, sound)
    if decoder.hyp() is None:
        raise RuntimeError("PocketSphinx does not find these words in the recording")
    decoder.set_alignment()
    _hear(decoder, sound)  # The words are found; now the sounds in them.
    phones: list[Phone] = []
    for word in decoder.get_alignment():
        for part in word:
            sounds = [] if part.name in ("SIL", "+SPN+", "+NSN+") else from_names(part.name.lower(), RADIO)
            if sounds:
                start = part.start * _FRAME
                phones += split(sounds, start, start + part.duration * _FRAME)
    return with_silences(phones, len(samples) / RATE)


def _hear(decoder: pocketsphinx.Decoder, sound: bytes) -> None:
    decoder.start_utt()
    decoder.process_raw(sound, full_utt=True)
    decoder.end_utt()
