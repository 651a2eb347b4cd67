"""How right lips are: what docs/lip-sync.md reports, computed for any reader from what it showed and what was said.

A track has a row for each moment, `rate` a second, 50 where nothing else is said: the parts of the mouth in [count, parts],
viseme classes in [count]. At 25 a second, row k is the middle of video frame k.
"""

from typing import NamedTuple

import numpy as np

from .articulation import POSES_A_SECOND
from .phones import BILABIAL, PARTS, VISEMES, Phone, with_more_than

TOLERANCE = 0.040
"""Seconds by which an event may be shown too early or too late."""
_LONGEST_SHIFT = 0.3


class Events(NamedTuple):
    """How many events there were, how many were shown, and how many of those were right."""

    said: int = 0
    shown: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: "Events") -> "Events":
        return Events(*(a + b for a, b in zip(self, other)))

    @property
    def recall(self) -> float:
        return self.found / max(self.said, 1)

    @property
    def precision(self) -> float:
        return self.right / max(self.shown, 1)


def said(phones: list[Phone], sounds: set[str]) -> list[tuple[float, float]]:
    """From when to when sounds of a kind are heard; neighbours are one. Of a stop whose release is known only its closure."""
    spans: list[tuple[float, float]] = []
    for phone in phones:
        if phone.sound not in sounds or (phone.sound in BILABIAL and phone.stage == "released"):
            continue
        if spans and phone.start - spans[-1][1] < 0.02:
            spans[-1] = (spans[-1][0], phone.end)
        else:
            spans.append((phone.start, phone.end))
    return spans


def shown(part: np.ndarray, threshold: float, rate: int) -> list[tuple[float, float]]:
    """From when to when a part of the mouth is above a threshold."""
    above = np.concatenate([[False], part > threshold, [False]])
    edges = np.flatnonzero(above[1:] != above[:-1])
    middle = 0.5 if rate == 25 else 0.0
    return [((start + middle) / rate, (end - 1 + middle) / rate) for start, end in zip(edges[::2], edges[1::2])]


def events(spans_said, spans_shown) -> Events:
    """A span is found, or right, if one of the other kind comes within `TOLERANCE` of it at its nearest, and each is taken
    once: three closures in a row are not one long one."""
    pairs = []
    for i, (start, end) in enumerate(spans_said):
        for j, (first, last) in enumerate(spans_shown):
            apart = max(start - last, first - end, 0)
            if apart <= TOLERANCE:
                pairs.append((abs((start + end) - (first + last)) / 2, i, j))
    taken_said, taken_shown = set(), set()
    for _, i, j in sorted(pairs):
        if i not in taken_said and j not in taken_shown:
            taken_said.add(i)
            taken_shown.add(j)
    return Events(len(spans_said), len(spans_shown), len(taken_said), len(taken_shown))


THRESHOLD = 0.5
KINDS = {part: with_more_than(part, THRESHOLD) for part in ("closure", "bite", "rounding")}
"""Parts that do something all at once, and the sounds in which they do."""


def kind_of_events(
    kind: str, parts: np.ndarray, phones: list[Phone], rate: int = POSES_A_SECOND
) -> Events:
    """Closures, bites or roundings: those said, and those that a track shows."""
    return events(said(phones, KINDS[kind]), shown(parts[:, PARTS.index(kind)], THRESHOLD, rate))


class Tally:
    """What is counted of one reader, over utterances."""

    def __init__(self, rate: int = POSES_A_SECOND):
        self.rate = rate
        self.confusion = np.zeros((len(VISEMES), len(VISEMES)), int)
        self.events = {kind: Events() for kind in KINDS}
        self.jaws: list[float] = []
        self.offsets: list[float] = []
        self.turns: list[float] = []

    def add(self, parts: np.ndarray, visemes: np.ndarray, wanted: np.ndarray, said: np.ndarray, phones: list[Phone]) -> None:
        """An utterance: the parts and visemes shown, those wanted, and its sounds."""
        self.confusion += confusion(visemes, said)
        for kind in KINDS:
            self.events[kind] += kind_of_events(kind, parts, phones, self.rate)
        self.jaws.append(correlation(parts[:, 0], wanted[:, 0]))
        self.turns.append(reversals(parts))
        late = offset(parts[:, 0], wanted[:, 0], self.rate)
        if late is not None:
            self.offsets.append(late)


def confusion(found: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """[15, 15], rows what was said."""
    count = len(VISEMES)
    return np.bincount(wanted.astype(int) * count + found, minlength=count * count).reshape(count, count)


def accuracy(confused: np.ndarray) -> float:
    return np.trace(confused) / max(confused.sum(), 1)


def accuracy_in_speech(confused: np.ndarray) -> float:
    """Of the moments in which something is said."""
    return accuracy(np.vstack([np.zeros(len(VISEMES), int), confused[1:]]))


def macro_f1(confused: np.ndarray) -> float:
    """Over the classes that were said at all."""
    right = np.diag(confused)
    scores = 2 * right / np.maximum(confused.sum(0) + confused.sum(1), 1)
    return float(scores[confused.sum(1) > 0].mean())


def offset(found: np.ndarray, wanted: np.ndarray, rate: int = POSES_A_SECOND) -> float | None:
    """Seconds by which a track comes later than it should, where the two agree best; None if they hardly move."""
    if min(found.std(), wanted.std()) < 0.02:
        return None
    # Between steps, by a parabola through the best and its neighbours.
    most = int(_LONGEST_SHIFT * rate)
    shifts = np.arange(-most, most + 1)
    scores = np.array([_correlation_at(found, wanted, shift) for shift in shifts])
    best = int(scores.argmax())
    if best in (0, len(shifts) - 1):
        return None
    before, at, after = scores[best - 1 : best + 2]
    return (shifts[best] + 0.5 * (before - after) / (before - 2 * at + after)) / rate


def _correlation_at(found, wanted, shift):
    a = found[max(shift, 0) : len(found) + min(shift, 0)]
    b = wanted[max(-shift, 0) : len(wanted) + min(-shift, 0)]
    return correlation(a, b)


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Pearson's; 0 where one of the two does not move."""
    a, b = a - a.mean(), b - b.mean()
    power = np.sqrt((a**2).sum() * (b**2).sum())
    return float((a * b).sum() / power) if power > 1e-9 else 0.0


def reversals(frames: np.ndarray, least: float = 0.02) -> float:
    """Of the moves from one video frame to the next that can be seen, the share whose direction turns."""
    moves = np.diff(frames, axis=0)
    turns = (moves[1:] * moves[:-1] < 0) & (np.minimum(np.abs(moves[1:]), np.abs(moves[:-1])) > least)
    seen = np.abs(moves[1:]) > least
    return float(turns.sum() / max(seen.sum(), 1))
