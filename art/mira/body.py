"""Studio background, neck and shoulders."""

import numpy as np

from . import shade
from .canvas import bump, curve, layer, lin, mix, smooth
from .head import SKIN

CX = 256.0
NOTCH_Y = 424.0


def background(grid):
    """A soft studio wall: a pool of light behind her left shoulder, darker towards the corners."""
    X, Y = grid.X, grid.Y
    c = mix(lin(92, 106, 116), lin(176, 186, 188), (0.95 * bump(X, Y, 330, 190, 190, 200))[..., None])
    c = mix(c, lin(60, 70, 82), 0.75 * smooth(120, 420, np.hypot((X - 330) * 0.9, Y - 190)))
    c = mix(c, lin(150, 132, 120), 0.10 * bump(X, Y, 90, 90, 120, 120))
    return c.astype(np.float32)


def _neck_outline(Y):
    w = curve([(280, 49), (330, 47.5), (360, 47.5), (380, 49.5), (395, 56), (408, 74), (418, 88), (428, 96), (440, 100), (512, 100)])
    return w(Y)


def neck(grid, jaw_shadow):
    """Neck and upper chest; `jaw_shadow` 0...1 is what head and hair throw on it."""
    X, Y = grid.X, grid.Y
    dx = X - CX
    w = _neck_outline(Y)
    mask = grid.coverage(w - np.abs(dx)) * (Y > 270)
    tube = curve([(280, 47), (380, 47), (420, 47)])(Y)
    u = np.clip(np.abs(dx) / np.maximum(w, 1), 0, 1)
    z = 44 * np.sqrt(np.maximum(1 - u ** 2.2, 0)) + 0.10 * (Y - 330)
    chest = 36 - 0.0016 * dx ** 2 + 0.06 * (Y - 420)
    z = mix(z, chest, smooth(392, 428, Y))
    for s in (-1, 1):
        # the muscle from behind the ear to the notch, and the hollow beside the windpipe
        f = np.clip((Y - 330) / (NOTCH_Y - 330), 0, 1)
        cx = CX + s * (43 - 34.5 * f ** 1.15)
        z += 2.6 * np.exp(-0.5 * ((X - cx) / (6.5 - 2.5 * f)) ** 2) * smooth(318, 350, Y) * smooth(NOTCH_Y + 6, NOTCH_Y - 8, Y)
        z -= 2.2 * bump(X, Y, CX + s * 26, 408, 9, 14, s * -0.5)
        # collarbone
        line = 426 - 9.0 * smooth(8, 92, s * dx) + 2.0 * np.sin(np.clip(s * dx, 0, 110) / 110 * 6.0)
        on = smooth(5, 16, s * dx) * smooth(125, 80, s * dx)
        z += 2.7 * np.exp(-0.5 * ((Y - line) / 4.0) ** 2) * on
        z -= 2.4 * np.exp(-0.5 * ((Y - line + 9) / 5.0) ** 2) * on * smooth(8, 30, s * dx)
    z -= 3.8 * bump(X, Y, CX, NOTCH_Y - 1, 6.5, 6.5)
    z += 1.6 * bump(X, Y, CX, 372, 10, 16)

    albedo = np.broadcast_to(SKIN * 0.97, X.shape + (3,)).copy()
    albedo = mix(albedo, lin(222, 162, 140), 0.35 * bump(X, Y, CX, 430, 70, 24))
    ao = shade.occlusion(grid, np.where(mask > 0, z, 0), mask=(mask > 0.5).astype(np.float32))
    ao = ao * (1 - 0.55 * jaw_shadow)
    rgb = shade.skin(grid, z, albedo, jaw_shadow, ao, 0.6)
    return layer(rgb, mask)
