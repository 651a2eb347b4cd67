"""Time our compositor beside MuseTalk's own function, on the same frames, in one run.

Needs the release build (``swift build -c release --product compositor-bench``), a checkout of MuseTalk, whose
``musetalk/utils/blending.py`` is called as it is, and numpy, Pillow and OpenCV in MuseTalk's versions.
Prints one JSON line for each frame size.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np

PROJECT = Path(__file__).resolve().parents[2]
GOLDENS = PROJECT.parent / "shared" / "goldens"
SIZES = ((576, 768), (1080, 1440))


@dataclass(frozen=True)
class Scene:
    """One frame, the face that goes into it, and where: what both sides get."""

    frame: np.ndarray
    face: np.ndarray
    box: tuple[int, int, int, int]
    crop: tuple[int, int, int, int]
    mask: np.ndarray


def load_official(checkout: Path) -> ModuleType:
    """MuseTalk's blending module, from its own file."""
    spec = importlib.util.spec_from_file_location("blending", checkout / "musetalk" / "utils" / "blending.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{checkout}: no checkout of MuseTalk")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_scene(official: ModuleType, width: int, height: int) -> Scene:
    """The first golden frame and its box at another size, with the official mask."""
    golden = cv2.imread(str(GOLDENS / "frame_0.png"))
    scale = width / golden.shape[1]
    box = tuple(round(edge * scale) for edge in json.loads((GOLDENS / "box.json").read_text())["face_box"])
    frame = cv2.resize(golden, (width, height))
    parsing = cv2.imread(str(GOLDENS / "parse_512.png"), cv2.IMREAD_GRAYSCALE)
    mask, crop = official.get_image_prepare_material(
        frame, box, fp=lambda image, mode: official.Image.fromarray(parsing)
    )
    face = np.load(GOLDENS / "decoded_rgb_u8.npy")[0]
    return Scene(frame, face, box, tuple(crop), mask)


def time_official(official: ModuleType, scene: Scene, rounds: int) -> float:
    """Milliseconds a frame, the best of all rounds: what realtime_inference does between decoder and encoder."""
    face = np.ascontiguousarray(scene.face[:, :, ::-1])
    left, top, right, bottom = scene.box
    times = []
    for _ in range(rounds):
        frame = scene.frame.copy()
        start = time.perf_counter()
        resized = cv2.resize(face.astype(np.uint8), (right - left, bottom - top))
        official.get_image_blending(frame, resized, scene.box, scene.mask, scene.crop)
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def time_ours(bench: Path, scene: Scene, rounds: int) -> dict[str, float]:
    """What the bench prints: the best milliseconds of painting, and of copying the frame that is painted on."""
    height, width = scene.frame.shape[:2]
    with tempfile.TemporaryDirectory() as path:
        folder = Path(path)
        # Colours of another standard than ours, which takes as long.
        cv2.cvtColor(scene.frame, cv2.COLOR_BGR2YUV_I420).tofile(folder / "frame")
        scene.face.tofile(folder / "face")
        scene.mask.tofile(folder / "mask")
        command = [str(bench), "--rounds", str(rounds), "--width", str(width), "--height", str(height)]
        command += [part for name in ("frame", "face", "mask") for part in (f"--{name}", str(folder / name))]
        command += ["--box", ",".join(map(str, scene.box)), "--crop=" + ",".join(map(str, scene.crop))]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Measure every size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--musetalk", type=Path, required=True, help="a checkout of TMElyralab/MuseTalk")
    parser.add_argument("--bench", type=Path, default=PROJECT / ".build/release/compositor-bench")
    parser.add_argument("--rounds", type=int, default=200)
    arguments = parser.parse_args()
    official = load_official(arguments.musetalk)
    for width, height in SIZES:
        scene = make_scene(official, width, height)
        theirs = time_official(official, scene, arguments.rounds)
        ours = time_ours(arguments.bench, scene, arguments.rounds * 10)
        report = {"frame": f"{width}x{height}", "box": scene.box, "official_ms": round(theirs, 3)}
        report |= {name: round(value, 4) for name, value in ours.items()}
        report["official_over_paint"] = round(theirs / ours["paint_ms"], 1)
        report["official_over_copy_and_paint"] = round(theirs / (ours["paint_ms"] + ours["copy_ms"]), 1)
        print(json.dumps(report))


if __name__ == "__main__":
    main()
