"""Sound files beside a list of the sounds in them, as Flite and Festival write them: the name of each phone, and its end."""

import pathlib

from .notation import from_names
from .phones import Phone
from .utterance import Utterance, read_wav, resampled, split, with_silences


def heard(path: pathlib.Path, ends: list[tuple[str, float]], table: dict[str, str]) -> Utterance:
    """A sound file whose phones end at those seconds; a table of lipreading/notation.py says what they are."""
    samples, rate = read_wav(path)
    phones: list[Phone] = []
    start = 0.0
    for name, end in ends:
        sounds = from_names(name, table)
        if sounds and end > start:
            phones += split(sounds, start, end)
        start = end
    return Utterance(resampled(samples, rate), with_silences(phones, len(samples) / rate))


def labelled(path: pathlib.Path, labels: pathlib.Path, table: dict[str, str]) -> Utterance:
    """The same with Festival's file of labels: after a line "#", on each line an end, a colour and a name."""
    lines = labels.read_text(encoding="latin-1").split("#\n", 1)[1].splitlines()
    ends = [(fields[2], float(fields[0])) for fields in map(str.split, lines) if len(fields) >= 3]
    return heard(path, ends, table)
