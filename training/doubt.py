"""Where lips should be taken to meet: recall and precision of closures and bites on the validation set, for each middle of the
range that LipMotion.swift calls `doubt`. The best middle is where as many are missed as are made up.
"""

import argparse
import pathlib

import numpy as np

from lipreading import corpus, mel, scores
from lipreading.phones import PARTS
from lipreading.shipped import Shipped

MODEL = pathlib.Path(__file__).resolve().parent.parent / "Sources/LipSync/Model/lips.onnx"
FRAMES_A_SECOND = 25
_MIDDLE = 0.85


def weighed(part: np.ndarray) -> np.ndarray:
    """What LipMotion.swift compares with `doubt`, for each video frame of two moments."""
    early, late = part[: len(part) // 2 * 2].reshape(-1, 2).T
    return 0.4 * (early + _MIDDLE * (late - early)) + 0.6 * np.maximum(early, late)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=pathlib.Path, nargs="?", default=MODEL)
    network = Shipped(parser.parse_args().model)
    for chosen in ("people", "variants"):
        read = []
        for task in corpus.validation():
            for utterance in corpus.spoken(task) if task.set == chosen else ():
                read.append((utterance.phones, network.read(mel.log_mel(utterance.samples))[0]))
        for kind in ("closure", "bite"):
            for middle in np.arange(0.2, 0.71, 0.05):
                found = sum((scores.events(scores.said(phones, scores.KINDS[kind]), scores.shown(
                    weighed(parts[:, PARTS.index(kind)]), middle, FRAMES_A_SECOND)) for phones, parts in read), scores.Events())
                print(f"{chosen:8} {kind:7} {middle:.2f}: recall {found.recall:.3f}, precision {found.precision:.3f}")


if __name__ == "__main__":
    main()
