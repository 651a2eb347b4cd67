"""Recordings of a person, with the times of the sounds in them, that Debian ships with a voice for Festival: of festvox-ru,
620 sentences of Russian."""

import pathlib

import numpy as np

from .labels import labelled
from .notation import RUSSIAN
from .utterance import Utterance

FOLDER = pathlib.Path("/usr/share/festival/voices/russian/msu_ru_nsh_clunits")


def some(rng: np.random.Generator, count: int) -> list[Utterance]:
    """That many of them, none twice."""
    files = sorted((FOLDER / "lab").glob("*.lab"))
    if not files:
        raise FileNotFoundError(f"{FOLDER} is missing; `scripts/setup train` installs it")
    chosen = rng.choice(len(files), min(count, len(files)), replace=False)
    return [labelled(FOLDER / "wav" / f"{files[index].stem}.wav", files[index], RUSSIAN) for index in chosen]
