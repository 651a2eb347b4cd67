#!/usr/bin/python3
"""Measures a finished clip: is the loop smooth, and does the mouth go where avatar.json says?

    python3 art/check.py [bundle]
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("bundle", nargs="?", type=Path, default=ROOT / "Sources/Avatars/Bundles/mira")
    args = ap.parse_args()
    d = json.loads((args.bundle / "avatar.json").read_text())
    command = ["ffmpeg", "-loglevel", "error", "-i", str(args.bundle / d["clip"]["file"]), "-f", "rawvideo", "-pix_fmt", "gray", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    frames = np.frombuffer(raw, np.uint8).reshape(-1, d["height"], d["width"])
    n = len(frames)
    anchors = np.array(d["clip"]["anchors"])
    assert n == d["frames"] == len(anchors) == len(d["clip"]["lids"]), "one anchor and one pair of lids a frame"
    steps = [float(np.abs(frames[(k + 1) % n].astype(np.int16) - frames[k]).mean()) for k in range(n)]
    print(f"{n} frames; mean step {np.mean(steps):.3f}, largest {max(steps):.3f} at {int(np.argmax(steps))}, last to first {steps[-1]:.3f}")
    print("anchor x {:.1f}...{:.1f}  y {:.1f}...{:.1f}  scale {:.4f}...{:.4f}  rotation {:.4f}...{:.4f}".format(
        *(f(anchors[:, i]) for i in range(4) for f in (np.min, np.max))))
    # lips are darkest where they meet: within a few pixels of the anchor
    away = [abs(darkest(frames[k], anchors[k])) for k in range(0, n, 10)]
    print(f"the line between the lips is {np.mean(away):.1f} pixels from the anchor on average, {max(away):.1f} at most")
    sys.exit(0 if steps[-1] <= 2 * max(steps[:-1]) and max(away) <= 3 else 1)


def darkest(frame, anchor, reach=8):
    """How far below the anchor the darkest row is, in the middle of the mouth."""
    x, y = anchor[0], anchor[1]
    rows = frame[round(y) - reach:round(y) + reach + 1, round(x) - 3:round(x) + 4].mean(1)
    return float(np.argmin(rows) - reach + round(y) + 0.5 - y)


if __name__ == "__main__":
    main()
