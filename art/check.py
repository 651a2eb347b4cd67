#!/usr/bin/python3
"""Measures a finished bundle: is the loop smooth, and is the resting sprite invisible over the clip?

    python3 art/check.py [bundle] [--picture out.png]
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "art"))

from mira.bundle import Bundle                       # noqa: E402


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("bundle", nargs="?", type=Path, default=ROOT / "Sources/Avatars/Bundles/mira")
    ap.add_argument("--picture", type=Path, help="some shapes over the extremes of the sway")
    args = ap.parse_args()
    b = Bundle(args.bundle)
    d, frames = b.d, b.frames
    n = len(frames)
    assert n == d["frames"] == len(d["anchors"]), "one anchor a frame"
    assert len(d["mouth"]["cells"]) == int(np.prod([len(a) for a in b.axes])), "one cell a grid point"
    steps = [float(np.abs(frames[(k + 1) % n].astype(np.int16) - frames[k]).mean()) for k in range(n)]
    print(f"{n} frames; mean step {np.mean(steps):.3f}, largest {max(steps):.3f} at {int(np.argmax(steps))}, last to first {steps[-1]:.3f}")
    a = np.array(d["anchors"])
    print("anchor x {:.1f}...{:.1f}  y {:.1f}...{:.1f}  scale {:.4f}...{:.4f}  rotation {:.4f}...{:.4f}".format(
        *(f(a[:, i]) for i in range(4) for f in (np.min, np.max))))
    ks = sorted({0} | {int(f(a[:, i])) for i in (0, 1, 3) for f in (np.argmin, np.argmax)})
    worst = 0.0
    for k in ks:
        laid, alpha = b.lay(k, (0, 0, 0, 0))
        e = np.abs(laid - frames[k]).mean(-1)[alpha > 0.02]
        worst = max(worst, float(e.mean()))
        print(f"frame {k}: resting sprite differs by {e.mean():.2f} levels on average, {e.max():.0f} at most")
    if args.picture:
        shapes = ((0, 0, 0, 0), (0.3, 0, 0, 0), (1, 0, 0, 0), (0.3, -1, 0, 0), (0.3, 1, 0.5, 0))
        f = d["width"] / 512
        y0, y1, x0, x1 = (round(v * f) for v in (150, 430, 130, 390))
        rows = [np.concatenate([frames[k][y0:y1, x0:x1]] + [(b.lay(k, s)[0] + 0.5).astype(np.uint8)[y0:y1, x0:x1] for s in shapes], 1) for k in ks]
        Image.fromarray(np.concatenate(rows, 0)).save(args.picture)
    sys.exit(0 if worst < 2.0 else 1)


if __name__ == "__main__":
    main()
