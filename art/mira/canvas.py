"""Pixels and design units.

Everything is drawn in design units: a 512 x 512 square, x to the right, y down. A `Grid` is a window on that square at
some density (pixels per unit), so that the same drawing code renders the whole portrait, one eye or one mouth cell, at
any size. Colours are linear light, float32; only `to_srgb8` knows about sRGB.
"""

import cairo
import cv2
import numpy as np
from scipy.interpolate import PchipInterpolator


class Grid:
    """A window (x0, y0, w, h in design units) sampled at `k` pixels per unit."""

    def __init__(self, x0, y0, w, h, k):
        self.x0, self.y0, self.w, self.h, self.k = x0, y0, w, h, k
        self.nx, self.ny = round(w * k), round(h * k)
        xs = x0 + (np.arange(self.nx, dtype=np.float32) + 0.5) / k
        ys = y0 + (np.arange(self.ny, dtype=np.float32) + 0.5) / k
        self.X, self.Y = np.meshgrid(xs.astype(np.float32), ys.astype(np.float32))

    def blur(self, a, sigma):
        """Gaussian blur, `sigma` in design units. Wide blurs use three box passes, which cost the same at any width."""
        s = sigma * self.k
        if s < 0.2:
            return a
        a = np.ascontiguousarray(a, np.float32)
        if s <= 9:
            r = int(3.2 * s + 1)
            return cv2.GaussianBlur(a, (2 * r + 1, 2 * r + 1), s, borderType=cv2.BORDER_REPLICATE)
        n = int(round(np.sqrt(4 * s * s + 1))) | 1
        for _ in range(3):
            a = cv2.blur(a, (n, n), borderType=cv2.BORDER_REPLICATE)
        return a

    def mask(self, draw):
        """Coverage (0...1) of what `draw(ctx)` paints with a cairo context in design units."""
        surface = cairo.ImageSurface(cairo.FORMAT_A8, self.nx, self.ny)
        ctx = self._context(surface)
        draw(ctx)
        surface.flush()
        data = np.frombuffer(surface.get_data(), np.uint8).reshape(self.ny, surface.get_stride())
        return data[:, : self.nx].astype(np.float32) / 255

    def image(self, draw):
        """RGBA (premultiplied, values as given to cairo) of what `draw(ctx)` paints."""
        surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, self.nx, self.ny)
        ctx = self._context(surface)
        draw(ctx)
        surface.flush()
        data = np.frombuffer(surface.get_data(), np.uint8).reshape(self.ny, surface.get_stride() // 4, 4)
        return data[:, : self.nx, [2, 1, 0, 3]].astype(np.float32) / 255

    def _context(self, surface):
        ctx = cairo.Context(surface)
        ctx.set_antialias(cairo.ANTIALIAS_BEST)
        ctx.scale(self.k, self.k)
        ctx.translate(-self.x0, -self.y0)
        ctx.set_line_cap(cairo.LINE_CAP_ROUND)
        ctx.set_line_join(cairo.LINE_JOIN_ROUND)
        return ctx

    def coverage(self, f):
        """Antialiased mask of f > 0, for any smooth f on this grid."""
        gy, gx = np.gradient(f)
        return np.clip(f / np.maximum(np.hypot(gx, gy), 1e-6) + 0.5, 0, 1).astype(np.float32)

    def down(self, a, n):
        """Box-filter by the integer factor n."""
        s = a.shape
        return a.reshape(s[0] // n, n, s[1] // n, n, *s[2:]).mean(axis=(1, 3), dtype=np.float32)


def curve(points, power=1.0):
    """Monotone-preserving interpolation through (x, y) pairs, constant outside.

    With power 2 the squares are interpolated, which gives an outline a round end where the value falls to zero."""
    xs, ys = np.array(points, np.float64).T
    p = PchipInterpolator(xs, np.abs(ys) ** power)
    # a fine table is as good as the spline and many times faster on whole images
    table_x = np.linspace(xs[0], xs[-1], 8192)
    table_y = np.maximum(p(table_x), 0) ** (1 / power) if power != 1 else p(table_x)

    def f(x):
        return np.interp(x, table_x, table_y).astype(np.float32)

    return f


def smooth(a, b, x):
    """Smoothstep from 0 at a to 1 at b (a may be greater than b)."""
    t = np.clip((x - a) / (b - a), 0, 1)
    return t * t * (3 - 2 * t)


def bump(X, Y, cx, cy, sx, sy, angle=0.0):
    """A Gaussian hill of height 1."""
    dx, dy = X - cx, Y - cy
    if angle:
        c, s = np.cos(angle), np.sin(angle)
        dx, dy = c * dx + s * dy, -s * dx + c * dy
    return np.exp(-0.5 * ((dx / sx) ** 2 + (dy / sy) ** 2)).astype(np.float32)


def lin(r, g, b):
    """An sRGB colour (0...255) as linear light."""
    c = np.array([r, g, b], np.float32) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4).astype(np.float32)


def lin_image(rgba):
    """Premultiplied sRGB-valued RGBA, as cairo gives it, to premultiplied linear light."""
    a = np.maximum(rgba[..., 3:], 1e-4)
    c = np.clip(rgba[..., :3] / a, 0, 1)
    c = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return np.concatenate([c * rgba[..., 3:], rgba[..., 3:]], -1).astype(np.float32)


def encode_srgb(c):
    """Linear light to sRGB values 0...1."""
    c = np.clip(c, 0, 1)
    return np.where(c <= 0.0031308, c * 12.92, 1.055 * np.power(c, 1 / 2.4) - 0.055)


def to_srgb8(c):
    return (encode_srgb(c) * 255 + 0.5).astype(np.uint8)


def mix(a, b, t):
    """Blend colours or images; t is a scalar or an H x W mask."""
    if np.ndim(t) == 2 and (np.ndim(a) != 2 or np.ndim(b) != 2):
        t = t[..., None]
    if np.ndim(t) == 0 or np.ndim(b) > 1:
        return a + (b - a) * t
    # a constant colour: one pass less over the picture
    out = a * (1 - t)
    out += b * t
    return out


def over(top, base):
    """Premultiplied RGBA over premultiplied RGBA (or opaque RGB)."""
    return top[..., : base.shape[-1]] + base * (1 - top[..., 3:4])


def layer(rgb, alpha):
    """Straight colour and coverage to one premultiplied RGBA layer."""
    return np.concatenate([rgb * alpha[..., None], alpha[..., None]], -1).astype(np.float32)
