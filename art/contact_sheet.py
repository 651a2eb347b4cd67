#!/usr/bin/python3
"""Writes docs/images/mouth-shapes.png: the bundle's sprites over its own clip, as the runtime shows them, with their names."""

import sys
from pathlib import Path

import cairo
import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "art"))

from mira.bundle import Bundle                       # noqa: E402

BUNDLE = ROOT / "Sources/Avatars/Bundles/mira"

# name, examples, (aperture, spread, teeth, tongue)
SHAPES = [
    ("rest", "silence", (0, 0, 0, 0)),
    ("M B P", "map, bee", (-1, 0, 0, 0)),
    ("AA", "father", (0.92, 0.1, 0, 0)),
    ("AE", "cat", (0.66, 0.75, 0, 0)),
    ("EH", "bed", (0.45, 0.4, 0, 0)),
    ("IH", "sit", (0.28, 0.5, 0.3, 0)),
    ("EE", "see", (0.24, 1, 0.75, 0)),
    ("OH", "go", (0.55, -0.65, 0, 0)),
    ("OO", "food", (0.26, -0.95, 0, 0)),
    ("W", "we", (0.10, -1, 0, 0)),
    ("UH", "cup", (0.38, 0, 0, 0)),
    ("F V", "fine", (0.08, 0.15, 1, 0)),
    ("S Z", "see, zoo", (0.18, 0.4, 1, 0)),
    ("CH SH", "chair", (0.26, -0.55, 1, 0)),
    ("L", "low", (0.42, 0.15, 0, 1)),
    ("TH D N", "thin", (0.22, 0.1, 0.3, 1)),
]


def main():
    b = Bundle(BUNDLE, frames=1)
    f = b.d["width"] / 512
    x0, y0, x1, y1 = (round(v * f) for v in (146, 158, 366, 396))
    columns, zoom = 4, 1.25 / f
    cw, ch = round((x1 - x0) * zoom), round((y1 - y0) * zoom)
    gap, label = 18, 46
    rows = -(-len(SHAPES) // columns)
    W, H = columns * (cw + gap) + gap, rows * (ch + label + gap) + gap
    surface = cairo.ImageSurface(cairo.FORMAT_RGB24, W, H)
    ctx = cairo.Context(surface)
    ctx.set_source_rgb(0.965, 0.968, 0.972)
    ctx.paint()
    for n, (name, words, point) in enumerate(SHAPES):
        r, c = divmod(n, columns)
        x, y = gap + c * (cw + gap), gap + r * (ch + label + gap)
        crop = Image.fromarray((b.lay(0, point)[0] + 0.5).astype(np.uint8)[y0:y1, x0:x1]).resize((cw, ch), Image.LANCZOS)
        bgrx = np.dstack([np.asarray(crop)[..., ::-1], np.full((ch, cw), 255, np.uint8)])
        pic = cairo.ImageSurface.create_for_data(bytearray(bgrx.tobytes()), cairo.FORMAT_RGB24, cw, ch)
        ctx.save()
        rounded(ctx, x, y, cw, ch, 10)
        ctx.clip()
        ctx.set_source_surface(pic, x, y)
        ctx.paint()
        ctx.restore()
        text(ctx, x + cw / 2, y + ch + 20, name, 17, True, (0.13, 0.17, 0.21))
        text(ctx, x + cw / 2, y + ch + 37, words, 12.5, False, (0.42, 0.46, 0.50))
    out = ROOT / "docs/images/mouth-shapes.png"
    out.parent.mkdir(parents=True, exist_ok=True)
    surface.flush()
    rgb = np.frombuffer(surface.get_data(), np.uint8).reshape(H, surface.get_stride() // 4, 4)[:, :W, [2, 1, 0]]
    Image.fromarray(np.ascontiguousarray(rgb)).save(out, optimize=True)
    print(f"{out}: {out.stat().st_size} bytes, {W}x{H}")


def rounded(ctx, x, y, w, h, r):
    ctx.new_sub_path()
    for cx, cy, a in ((x + w - r, y + r, -90), (x + w - r, y + h - r, 0), (x + r, y + h - r, 90), (x + r, y + r, 180)):
        ctx.arc(cx, cy, r, np.radians(a), np.radians(a + 90))
    ctx.close_path()


def text(ctx, x, y, string, size, bold, color):
    ctx.select_font_face("sans-serif", cairo.FONT_SLANT_NORMAL, cairo.FONT_WEIGHT_BOLD if bold else cairo.FONT_WEIGHT_NORMAL)
    ctx.set_font_size(size)
    e = ctx.text_extents(string)
    ctx.set_source_rgb(*color)
    ctx.move_to(x - e.width / 2 - e.x_bearing, y)
    ctx.show_text(string)


if __name__ == "__main__":
    main()
