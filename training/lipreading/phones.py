"""The table of sounds (phones.tsv), and speech as a sequence of them."""

import csv
import pathlib
from typing import NamedTuple

TABLE = pathlib.Path(__file__).resolve().parent.parent / "phones.tsv"

VISEMES = ["sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U"]
"""In the order of Meta's viseme reference."""

PARTS = ["jaw", "width", "rounding", "upper", "lower", "closure", "bite", "tongue"]
"""In the order of `MouthShape` in Swift."""

BILABIAL = set("pbm")


class Sound(NamedTuple):
    """A row of the table."""

    viseme: int
    parts: tuple[float, ...]
    hold: float


class Phone(NamedTuple):
    """A sound, from when to when it is heard, in seconds."""

    sound: str
    start: float
    end: float
    stage: str = ""
    """Of a stop whose release was heard: `closed` or `released`. Where that is not known, the stop is both."""


def _read() -> dict[str, Sound]:
    lines = [line for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    sounds = {}
    for name, viseme, *numbers in csv.reader(lines, delimiter="\t"):
        *parts, hold = map(float, numbers)
        if len(parts) != len(PARTS):
            raise ValueError(f"{TABLE}: {name} has {len(parts)} parts; expected {len(PARTS)}: {', '.join(PARTS)}")
        sounds[name] = Sound(VISEMES.index(viseme), tuple(parts), hold)
    return sounds


SOUNDS = _read()


def with_more_than(part: str, least: float) -> set[str]:
    """The sounds for which a part of the mouth does more than that."""
    return {name for name, sound in SOUNDS.items() if sound.parts[PARTS.index(part)] > least}
