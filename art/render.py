#!/usr/bin/python3
"""Draws the avatar "mira" and writes its bundle: clip.mp4, listening.mp4, thinking.mp4, mouth.png, avatar.json,
poster.png.

    python3 art/render.py [--size 512] [--out Sources/Avatars/Bundles/mira] [--only clip|mouth|poster|poses]
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from mira import motion, sprites                     # noqa: E402
from mira.clip import Animator, encode               # noqa: E402

DENSITY = 3                                          # drawing pixels per final pixel, each way
COLUMNS = 12


def description(size, table):
    f = size / 512
    anchors = []
    idle = motion.Idle()
    for k in range(idle.frames):
        x, y, s, r = idle.similarity(k)
        anchors.append([round(x * f, 3), round(y * f, 3), round(s, 6), round(r, 6)])
    cw, ch = round(sprites.CELL_W * f), round(sprites.CELL_H * f)
    return {
        "format": 1, "id": "mira", "name": "Mira", "license": "Apache-2.0",
        "width": size, "height": size, "fps": motion.FPS, "clip": "clip.mp4", "frames": motion.Idle.frames,
        "poses": {name: {"clip": f"{name}.mp4", "frames": pose.frames} for name, pose in motion.POSES.items()},
        "mouth": {
            "atlas": "mouth.png", "columns": COLUMNS, "cell_width": cw, "cell_height": ch,
            "anchor": [(motion.MOUTH[0] - sprites.CELL_X) * f, (motion.MOUTH[1] - sprites.CELL_Y) * f],
            "axes": [{"name": "aperture", "values": sprites.APERTURE}, {"name": "spread", "values": sprites.SPREAD},
                     {"name": "teeth", "values": sprites.TEETH}, {"name": "tongue", "values": sprites.TONGUE}],
            "cells": table,
        },
        "anchors": anchors,
    }


def to_json(d):
    """JSON with one anchor a line: readable, and small differences stay small in version control."""
    anchors = d.pop("anchors")
    head = json.dumps(d, indent=2)
    head = compact_lists(head)
    rows = ",\n    ".join(json.dumps(a) for a in anchors)
    return head[:-2] + ',\n  "anchors": [\n    ' + rows + "\n  ]\n}\n"


def compact_lists(text):
    import re
    return re.sub(r"\[\s+([-\d.,\s]+?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m.group(1)) + "]", text)


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--size", type=int, default=512)
    ap.add_argument("--out", type=Path, default=HERE.parent / "Sources/Avatars/Bundles/mira")
    ap.add_argument("--only", choices=["clip", "mouth", "poster", "poses"])
    args = ap.parse_args()

    animator = Animator(args.size, DENSITY)
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as tmp:
        tmp = Path(tmp)
        Image.fromarray(animator.frame(0)).save(tmp / "poster.png", optimize=True)
        if args.only in (None, "mouth"):
            atlas, _, table = sprites.build(animator.portrait, args.size, DENSITY, COLUMNS)
            Image.fromarray(atlas, "RGBA").save(tmp / "mouth.png", optimize=True)
            if shutil.which("optipng"):
                subprocess.run(["optipng", "-quiet", "-o2", str(tmp / "mouth.png")], check=True)
            (tmp / "avatar.json").write_text(to_json(description(args.size, table)))
        if args.only in (None, "clip"):
            encode(film(animator, motion.Idle()), args.size, tmp / "clip.mp4")
        if args.only in (None, "poses"):
            for name, pose in motion.POSES.items():
                # Nothing is painted on them, so that they need not be better than what is sent.
                encode(film(animator, pose), args.size, tmp / f"{name}.mp4", crf=18)
        for name in sorted(os.listdir(tmp)):
            # readers never see half a file
            shutil.copyfile(tmp / name, args.out / f".{name}.new")
            os.replace(args.out / f".{name}.new", args.out / name)
            print(f"{args.out / name}: {(args.out / name).stat().st_size} bytes")


def film(animator, pose):
    animator.motion = pose
    for k in range(pose.frames):
        if k % 25 == 0:
            print(f"{type(pose).__name__} {k}", flush=True)
        yield animator.frame(k)


if __name__ == "__main__":
    main()
