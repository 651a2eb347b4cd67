#!/usr/bin/python3
"""Draws the avatar "mira" and writes its bundle: clip.mp4, listening.mp4, thinking.mp4, avatar.json, poster.png.

    python3 art/render.py [--size 512] [--out Sources/Avatars/Bundles/mira] [--only clip|rig|poster|poses]
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from mira import eyes, head, motion                  # noqa: E402
from mira.clip import Animator, encode               # noqa: E402
from mira.shape import CHIN_Y, Shape                 # noqa: E402

DENSITY = 3                                          # drawing pixels per final pixel, each way


def landmarks():
    """Where the parts of her face are while she holds her head upright, in design units."""
    lips = Shape()
    cx = head.CX

    def eye(side):
        e = eyes.Eye(side, motion.Idle().openness(0))
        x = np.linspace(eyes.X0, eyes.X1, 60)
        outer, inner = (e.cx + side * eyes.SIZE * v for v in (eyes.X1, eyes.X0))
        return {
            "outer": (outer, e.cy + eyes.SIZE * float(e.lower(eyes.X1))),
            "inner": (inner, e.cy + eyes.SIZE * float(e.lower(eyes.X0))),
            "top": (e.cx, e.cy + eyes.SIZE * float(e.upper(x).min())),
            "bottom": (e.cx, e.cy + eyes.SIZE * float(e.lower(x).max())),
        }

    center = np.array(0.0)
    us = np.linspace(-0.9, 0.9, 13)
    points = {
        **{f"left_eye_{k}": v for k, v in eye(-1).items()}, **{f"right_eye_{k}": v for k, v in eye(1).items()},
        "left_brow": (cx - 45, 174), "right_brow": (cx + 45, 174), "nose": (cx, 256),
        "mouth_left": (cx - lips.hw, lips.corner), "mouth_right": (cx + lips.hw, lips.corner),
        "upper_lip": (cx, float(lips.upper_outer(center))), "lip_line": (cx, float(lips.upper_inner(center))),
        "lower_lip": (cx, float(lips.lower_outer(center))), "chin": (cx, CHIN_Y),
        "jaw_left": (cx - 70, 283), "jaw_right": (cx + 70, 283), "head_top": (cx, 38),
    }
    return points, [(cx + u * lips.hw, float(lips.upper_inner(np.array(u)))) for u in us]


def description(size):
    f = size / 512
    idle = motion.Idle()
    points, curve = landmarks()
    # motion.py says where the point MOUTH of the face goes; a rig goes by the middle of the lips, a little below it
    down = points["lip_line"][1] - motion.MOUTH[1]
    anchors = []
    for k in range(idle.frames):
        x, y, s, r = idle.similarity(k)
        x, y = x - s * np.sin(r) * down, y + s * np.cos(r) * down
        anchors.append([round(float(x) * f, 3), round(float(y) * f, 3), round(s, 6), round(r, 6)])
    open_ = max(idle.openness(k) for k in range(idle.frames))
    return {
        "format": 3, "id": "mira", "name": "Mira", "license": "Apache-2.0",
        "width": size, "height": size, "fps": motion.FPS, "frames": idle.frames,
        "poses": {name: {"clip": f"{name}.mp4", "frames": pose.frames} for name, pose in motion.POSES.items()},
        "landmarks": {
            **{name: [round(x * f, 1), round(y * f, 1)] for name, (x, y) in points.items()},
            "lip_curve": [[round(x * f, 1), round(y * f, 1)] for x, y in curve],
        },
        "clip": {
            "file": "clip.mp4", "loop": "forward",
            "lids": [round(max(0.0, 1 - idle.openness(k) / open_), 2) for k in range(idle.frames)],
            "anchors": anchors,
        },
    }


def to_json(d):
    """JSON with one anchor a line: readable, and small differences stay small in version control."""
    anchors = d["clip"].pop("anchors")
    head = compact_lists(json.dumps(d, indent=2))
    rows = ",\n      ".join(json.dumps(a) for a in anchors)
    return head[: head.rindex("\n  }")] + ',\n    "anchors": [\n      ' + rows + "\n    ]\n  }\n}\n"


def compact_lists(text):
    import re
    text = re.sub(r"\[\s+([-\d.,\s]+?)\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m.group(1)) + "]", text)
    return re.sub(r"\[\s+(\[[-\d.,\s\[\]]+?\])\s+\]", lambda m: "[" + re.sub(r"\s+", " ", m.group(1)) + "]", text)


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--size", type=int, default=512)
    ap.add_argument("--out", type=Path, default=HERE.parent / "Sources/Avatars/Bundles/mira")
    ap.add_argument("--only", choices=["clip", "rig", "poster", "poses"])
    args = ap.parse_args()

    animator = Animator(args.size, DENSITY)
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as tmp:
        tmp = Path(tmp)
        Image.fromarray(animator.frame(0)).save(tmp / "poster.png", optimize=True)
        if args.only in (None, "rig"):
            (tmp / "avatar.json").write_text(to_json(description(args.size)))
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
