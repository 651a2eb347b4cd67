"""A picture of what lips do in a recording: frames of the film, the sound under them, and the sounds that are heard.

Usage: contact_sheet.py RECORDING --from SECONDS --out PNG [--words FILE]. With the words of an English recording PocketSphinx
says when each sound is heard; without, the visemes are shown that the network reads.
"""

import argparse
import json
import pathlib
import subprocess
import tempfile

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

from lipreading import alignment  # noqa: E402
from lipreading.phones import PARTS, VISEMES  # noqa: E402
from lipreading.utterance import RATE, read_wav, resampled  # noqa: E402

FRAMES_A_SECOND = 25
COLUMNS = 13


def film(recording: pathlib.Path, avatar: str, program: str, folder: pathlib.Path) -> list[np.ndarray]:
    """The lower half of the face in each frame."""
    subprocess.run(
        [program, "render", "--audio", recording, "--avatar", avatar, "--out", folder / "film.mp4"], check=True,
        capture_output=True)
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", folder / "film.mp4", folder / "%05d.png"], check=True)
    return [plt.imread(path) for path in sorted(folder.glob("*.png"))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recording", type=pathlib.Path)
    parser.add_argument("--from", dest="start", type=float, default=0)
    parser.add_argument("--rows", type=int, default=3, help="of 13 frames")
    parser.add_argument("--words", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=40.6, help="how far those words go")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--avatar", default="mira")
    parser.add_argument("--crop", type=float, nargs=4, default=(0.36, 0.38, 0.66, 0.66), help="left, top, right, bottom")
    parser.add_argument("--program", default=".build/release/visavis")
    parser.add_argument("--reader", default=".build/release/lips-read")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        frames = film(options.recording, options.avatar, options.program, pathlib.Path(folder))
    samples, rate = read_wav(options.recording)
    printed = subprocess.run([options.reader, options.recording], check=True, capture_output=True, text=True).stdout
    track = json.loads(printed)["network"]
    phones = []
    if options.words:
        known = samples[: int(options.seconds * rate)]
        phones = alignment.aligned(resampled(known, rate * RATE / alignment.RATE), alignment.words(options.words))

    first = int(options.start * FRAMES_A_SECOND)
    figure, axes = plt.subplots(options.rows, 1, figsize=(16, 2.35 * options.rows), facecolor="white")
    for row, axis in enumerate(np.atleast_1d(axes)):
        draw(axis, first + row * COLUMNS, frames, samples, rate, track, phones, options.crop)
    figure.subplots_adjust(left=0.01, right=0.99, top=0.995, bottom=0.01, hspace=0.06)
    figure.savefig(options.out, dpi=80)
    plt.close(figure)


def draw(axis, first, frames, samples, rate, track, phones, crop) -> None:
    """One row: x is time in frames, the pictures stand above, the sound and its names below."""
    left, top, right, bottom = crop
    axis.set_xlim(0, COLUMNS)
    axis.set_ylim(-0.95, 1.0)
    axis.axis("off")
    for column in range(COLUMNS):
        index = first + column
        if index >= len(frames):
            break
        picture = frames[index]
        height, width = picture.shape[:2]
        part = picture[int(top * height) : int(bottom * height), int(left * width) : int(right * width)]
        axis.imshow(part, extent=(column + 0.01, column + 0.99, 0.02, 1.0), aspect="auto", interpolation="lanczos")
        shape = track["parts"][index]
        for kind, colour in (("jaw", "#2a6fdb"), ("closure", "#c43d3d")):
            axis.plot([column + 0.5], [-0.93 + 0.3 * shape[PARTS.index(kind)]], ".", color=colour)
    start, end = first / FRAMES_A_SECOND, (first + COLUMNS) / FRAMES_A_SECOND
    heard = samples[int(start * rate) : int(end * rate)]
    times = np.linspace(0, COLUMNS * len(heard) / max(1, int((end - start) * rate)), len(heard))
    axis.fill_between(times, -0.3, -0.3 + 0.28 * heard / (np.abs(samples).max() + 1e-9), color="#777777", linewidth=0.3)
    if phones:
        for phone in phones:
            if phone.end <= start or phone.start >= end:
                continue
            x, stop = (np.clip([phone.start, phone.end], start, end) - start) * FRAMES_A_SECOND
            axis.plot([x, x], [-0.6, -0.02], color="#bbbbbb", linewidth=0.6)
            axis.text((x + stop) / 2, -0.55, "" if phone.sound == "sil" else phone.sound, ha="center", fontsize=11)
    else:
        for column in range(min(COLUMNS, len(track["visemes"]) - first)):
            viseme = VISEMES[track["visemes"][first + column]]
            axis.text(column + 0.5, -0.55, "" if viseme == "sil" else viseme, ha="center", fontsize=10)


if __name__ == "__main__":
    main()
