"""Mouth geometry: what the four axes (aperture, spread, teeth, tongue) do to lips and jaw.

Lips are four curves over u = -1 ... 1 (corner to corner): upper outer, upper inner, lower inner, lower outer. The skin
around them follows by a thin-plate warp between landmarks of the rest shape and of this shape.
"""

import numpy as np
from scipy.interpolate import RBFInterpolator, RectBivariateSpline

CX, CY = 256.0, 283.0            # middle of the closed mouth
HALF_WIDTH = 34.0
CHIN_Y = 333.0


def lerp(points, x):
    xs, ys = zip(*points)
    return float(np.interp(x, xs, ys))


class Shape:
    def __init__(self, aperture=0.0, spread=0.0, teeth=0.0, tongue=0.0):
        a, s = max(aperture, 0.0), spread
        press = max(-aperture, 0.0)
        round_, wide = max(-s, 0.0), max(s, 0.0)
        self.aperture, self.spread, self.teeth, self.tongue = aperture, spread, teeth, tongue
        self.press, self.round, self.wide = press, round_, wide
        # parted lips over closed teeth only exist for small apertures
        show = teeth * max(0.0, 1 - max(0.0, a - 0.30) / 0.22) if a > 0 else 0.0
        self.show = show

        gap = 31.0 * a * (1 - 0.36 * round_ - 0.22 * wide * min(1, a * 1.5))
        gap = gap * (1 - 0.12 * show)
        self.gap = gap
        lift = 0.17 * gap + show * 0.12 * gap + wide * min(gap, 7) * 0.22 - 0.06 * round_ * gap
        self.jaw = gap * (0.80 - 0.58 * show) - 1.4 * press + 1.0 * round_ * (1 - a)

        self.hw = (HALF_WIDTH + 6.4 * wide - 12.8 * round_ - 2.8 * a * (1 - round_) - 0.6 * a * wide
                   + 2.6 * a * round_ + 0.8 * press - 0.4 * show * a * 3)
        pucker = round_
        self.protrude = 7.0 * pucker * (1 - 0.35 * a) + 0.6 * show
        self.upper_h = 9.0 * (1 - 0.12 * wide - 0.10 * a + 0.16 * pucker - 0.46 * press)
        self.lower_h = 12.4 * (1 - 0.10 * wide - 0.06 * a + 0.10 * pucker - 0.44 * press)
        self.bow = 1 - 0.35 * wide - 0.25 * a - 0.2 * press - 0.15 * pucker

        self.mid = CY + 1.5 - 0.4 * press
        self.a_u = self.mid - lift
        self.a_l = self.mid - lift + gap
        self.corner = CY - 3.4 + 0.40 * (self.a_l - self.mid) - 1.5 * wide * (1 - 0.5 * a) + 3.9 * pucker + 1.0 * min(1.0, a * 2) + 0.6 * press
        self.q = 1.0 - 0.34 * min(1.0, a * 1.6) - 0.18 * pucker * min(1, a * 4)
        self.open = min(1.0, gap / 3.5)
        self.inner = 0.965 - 0.16 * pucker                # rounded lips leave a hole narrower than themselves

    # contours -------------------------------------------------------------------------------------------------
    def _arch(self, u, inner):
        v = np.clip(np.abs(u) / inner, 0, 1)
        return (1 - v ** 2.05) ** self.q

    def _seam(self, u):
        """The little M of a closed mouth: a point of the upper lip in the middle, hollows beside it."""
        k = (1 - 0.75 * self.press) * (1 - 0.5 * self.round)
        return k * (1.15 * np.exp(-(u / 0.15) ** 2) - 0.75 * np.exp(-((np.abs(u) - 0.40) / 0.22) ** 2))

    def upper_inner(self, u):
        e = self._arch(u, self.inner)
        return self.corner + (self.a_u - self.corner) * e + self._seam(u) * (1 - 0.35 * self.open)

    def lower_inner(self, u):
        e = self._arch(u, self.inner)
        return self.corner + (self.a_l - self.corner) * e + self._seam(u) * (1 - self.open)

    def upper_outer(self, u):
        au = np.abs(u)
        body = np.maximum(1 - au ** 2.15, 0) ** 0.95
        bow = 1 + self.bow * (0.13 * np.exp(-((au - 0.25) / 0.17) ** 2) - 0.20 * np.exp(-(u / 0.135) ** 2))
        e = self._arch(u, self.inner)
        base = self.corner + (self.a_u - self.corner) * e
        return base - self.upper_h * body * bow

    def lower_outer(self, u):
        au = np.abs(u)
        body = np.maximum(1 - au ** 2.5, 0) ** 0.88 * (1 - 0.03 * np.exp(-(u / 0.2) ** 2))
        e = self._arch(u, self.inner)
        base = self.corner + (self.a_l - self.corner) * e
        return base + self.lower_h * body

    # landmarks ------------------------------------------------------------------------------------------------
    def landmarks(self):
        """Points of skin that this shape moves, and points that it leaves alone."""
        pts = []
        us = np.array([-1, -0.72, -0.36, 0, 0.36, 0.72, 1.0])
        for u in us:
            pts.append((CX + u * self.hw, float(self.upper_outer(np.array(u)))))
        for u in us[1:-1]:
            pts.append((CX + u * self.hw, float(self.lower_outer(np.array(u)))))
        low = self.a_l - (CY + 1.5) + 0.55 * (self.lower_h - 12.4)      # how far the lower lip's border went down
        jaw = self.jaw
        # under the lip, chin, jaw line: less and less towards the jaw's hinge
        for dx, y, lip_part, jaw_part in ((0, 303, 0.55, 0.45), (-13, 302, 0.5, 0.45), (13, 302, 0.5, 0.45)):
            pts.append((CX + dx * (1 - 0.12 * self.round), y + lip_part * low + jaw_part * jaw))
        for dx, y, part in ((0, 318, 1.0), (0, 333, 1.0), (-16, 326, 0.99), (16, 326, 0.99), (-31, 323, 0.96), (31, 323, 0.96),
                            (-45, 314, 0.84), (45, 314, 0.84), (-57, 304, 0.64), (57, 304, 0.64), (0, 350, 0.86),
                            (-35, 342, 0.8), (35, 342, 0.8)):
            push = 1.3 * self.press if (dx == 0 and y == 318) else 0.0
            pts.append((CX + dx * (1 - 0.045 * min(1, jaw / 20)), y + part * jaw - push))
        side = (self.hw - HALF_WIDTH)
        for sx in (-1, 1):
            pts.append((CX + sx * (49 + 0.50 * side), 281 + 0.25 * jaw - 1.2 * self.wide))
            pts.append((CX + sx * (40 + 0.42 * side), 266 - 1.6 * self.wide + 0.06 * jaw))
            pts.append((CX + sx * (42 + 0.40 * side), 300 + 0.52 * jaw))
            pts.append((CX + sx * (68 + 0.10 * side), 288 + 0.33 * jaw))
        still = [(CX, 262), (CX - 9, 262.5), (CX + 9, 262.5), (CX, 240), (CX - 22, 250), (CX + 22, 250), (CX - 60, 245), (CX + 60, 245),
                 (CX - 84, 262), (CX + 84, 262), (CX - 84, 300), (CX + 84, 300), (CX - 70, 345), (CX + 70, 345),
                 (CX - 50, 385), (CX + 50, 385), (CX, 392), (CX - 95, 225), (CX + 95, 225), (CX - 95, 395), (CX + 95, 395)]
        return np.array(pts + still, float)


REST = Shape()


def warp(shape, grid):
    """Rest coordinates (Xr, Yr) of every pixel: where the skin now at this place sits when the mouth rests."""
    now, rest = shape.landmarks(), REST.landmarks()
    if np.abs(now - rest).max() < 1e-9:
        return grid.X, grid.Y
    f = RBFInterpolator(now, rest - now, kernel="thin_plate_spline", smoothing=0.0, degree=1)
    xs = np.arange(CX - 132, CX + 133, 4.0)
    ys = np.arange(200, 441, 4.0)
    gx, gy = np.meshgrid(xs, ys)
    d = f(np.stack([gx.ravel(), gy.ravel()], -1)).reshape(len(ys), len(xs), 2)
    # nothing moves at the border of the cell
    fade = np.clip((106 - np.abs(gx - CX)) / 26, 0, 1) * np.clip((gy - 226) / 22, 0, 1) * np.clip((406 - gy) / 24, 0, 1)
    fade = fade * fade * (3 - 2 * fade)
    d *= fade[..., None]
    px, py = grid.X[0], grid.Y[:, 0]
    inside = ((grid.X > xs[0]) & (grid.X < xs[-1]) & (grid.Y > ys[0]) & (grid.Y < ys[-1])).astype(np.float32)
    out = []
    for c in (0, 1):
        s = RectBivariateSpline(ys, xs, d[..., c], kx=3, ky=3)
        out.append(s(np.clip(py, ys[0], ys[-1]), np.clip(px, xs[0], xs[-1])).astype(np.float32) * inside)
    return grid.X + out[0], grid.Y + out[1]
