"""From sounds to what the mouth does at each moment: dominance functions, after Cohen and Massaro, "Modeling coarticulation in
synthetic visual speech" (Models and Techniques in Computer Animation, 1993).

Each sound pulls each part of the mouth to a value of its own, with a force that is largest while the sound lasts and falls
off exponentially before and after. The mouth is at the mean of all values, weighted by their forces: it has begun to round
before "oo" is heard, and does not quite open for a short "a" between two stops; but lips do meet for an "m".
"""

import numpy as np

from .phones import BILABIAL, PARTS, SOUNDS, Phone

POSES_A_SECOND = 50

_BEFORE = np.array([0.035, 0.045, 0.080, 0.030, 0.030, 0.014, 0.022, 0.030])
"""Seconds before a sound in which its force grows by e, for each of `PARTS`: rounding is begun early, closures are quick."""
_AFTER = np.array([0.035, 0.045, 0.045, 0.030, 0.030, 0.012, 0.020, 0.030])
_LIPS = np.array([part in ("upper", "lower", "closure", "bite") for part in PARTS])
_CLOSURE, _ROUNDING = PARTS.index("closure"), PARTS.index("rounding")

_CLOSED_SHARE = {"p": 0.65, "b": 0.8}
"""What the closure is of a stop whose release is not told."""


def _stages(phones: list[Phone]) -> list[tuple[Phone, bool]]:
    """Bilabial stops as a closure and a release: each phone, and whether lips have parted again in it."""
    stages = []
    for phone in phones:
        share = _CLOSED_SHARE.get(phone.sound)
        if phone.sound in BILABIAL and phone.stage == "released":
            stages.append((phone, True))
        elif share and not phone.stage:
            middle = phone.start + share * (phone.end - phone.start)
            stages += [(phone._replace(end=middle), False), (phone._replace(start=middle), True)]
        else:
            stages.append((phone, False))
    return stages


def poses(phones: list[Phone], count: int) -> np.ndarray:
    """[count, parts], the mouth at moments k / POSES_A_SECOND."""
    moments = np.arange(count) / POSES_A_SECOND
    weighted = np.zeros((count, len(PARTS)))
    forces = np.full((count, len(PARTS)), 1e-6)
    for phone, is_released in _stages(phones):
        sound = SOUNDS[phone.sound]
        target = np.array(sound.parts)
        # Who insists on the lips leaves the rest to the neighbours: the jaw closes little for an "m" between two "a".
        force = np.where(_LIPS, sound.hold, min(sound.hold, 1.5))
        force[_ROUNDING] = sound.hold if target[_ROUNDING] > 0.3 else 0.5 * min(sound.hold, 1)
        if is_released:  # open a little, and soon like what follows
            target = np.array([0.2, 0, 0, 0.1, 0.15, 0, 0, 0])
            force = np.full(len(PARTS), 0.3)
            force[_CLOSURE] = 1.5
        # The core, in which the force is whole: all of a closure, the middle of anything else.
        edge = 0.0 if phone.sound in BILABIAL else 0.25 * (phone.end - phone.start)
        first, last = phone.start + edge, phone.end - edge
        reach = 0.5
        low, high = np.searchsorted(moments, [first - reach, last + reach])
        near = moments[low:high, None]
        distance = np.maximum(first - near, 0) / _BEFORE + np.maximum(near - last, 0) / _AFTER
        pull = force * np.exp(-distance)
        weighted[low:high] += pull * target
        forces[low:high] += pull
    return weighted / forces


def visemes(phones: list[Phone], count: int) -> np.ndarray:
    """[count], the viseme class at moments k / POSES_A_SECOND."""
    classes = np.zeros(count, np.int64)
    for phone in phones:
        low, high = np.ceil(np.array([phone.start, phone.end]) * POSES_A_SECOND - 1e-6).astype(int)
        classes[max(low, 0) : max(high, 0)] = SOUNDS[phone.sound].viseme
    return classes
