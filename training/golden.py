"""Writes what the trained network finds in a sound that a formula makes, for the tests of the Swift that runs it."""

import argparse
import pathlib
import sys

import numpy as np

from lipreading import mel
from lipreading.shipped import Shipped

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "Tests/LipSyncTests/Fixtures"


def sound() -> np.ndarray:
    """As in LipNetworkTests.swift."""
    n = np.arange(48_000)
    time = n / 24_000
    phase = 2 * np.pi * (120 * time + 10 * np.sin(2 * np.pi * time))
    voice = sum(np.sin(number * phase) / number for number in range(1, 21))
    on = n // 4_800 % 4 != 3
    return np.trunc(np.where(on, 6_000 * voice * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * time)), 0)) / 32768


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=pathlib.Path)
    model = parser.parse_args().model
    samples = sound().astype(np.float32)
    spectra = mel.log_mel(samples)
    parts, visemes = Shipped(model).read(spectra)
    FOLDER.mkdir(parents=True, exist_ok=True)
    np.save(FOLDER / "spectra.npy", spectra)
    np.save(FOLDER / "parts.npy", parts)
    np.save(FOLDER / "visemes.npy", visemes)
    print(f"{FOLDER}: {len(parts)} steps", file=sys.stderr)


if __name__ == "__main__":
    main()
