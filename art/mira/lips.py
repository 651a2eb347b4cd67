"""Lips, teeth, tongue and the dark between them, for one `Shape`."""

import numpy as np

from .canvas import bump, curve, lin, mix, smooth
from .shape import CX, CY

UPPER_Z = curve([(0, 5.0), (0.25, 6.5), (0.5, 6.5), (0.75, 5.4), (0.92, 3.4), (1, 1.4)])
LOWER_Z = curve([(0, 1.0), (0.10, 3.0), (0.28, 5.8), (0.50, 7.7), (0.72, 7.7), (0.90, 6.2), (1.0, 5.0)])

LIP_UPPER = lin(190, 98, 94)
LIP_LOWER = lin(204, 112, 106)
LIP_DARK = lin(120, 42, 42)


class Lips:
    """Where every pixel is relative to the lips: masks and positions across each lip."""

    def __init__(self, shape, grid):
        X, Y = grid.X, grid.Y
        self.shape = shape
        u = (X - CX) / shape.hw
        self.u = u
        uc = np.clip(u, -1, 1)
        self.uo, self.ui = shape.upper_outer(uc), shape.upper_inner(uc)
        self.li, self.lo = shape.lower_inner(uc), shape.lower_outer(uc)
        k = grid.k
        inside = np.clip((1 - np.abs(u)) * shape.hw * k + 0.5, 0, 1)

        def between(top, bottom):
            return np.clip((Y - top) * k + 0.5, 0, 1) * np.clip((bottom - Y) * k + 0.5, 0, 1) * inside

        self.hole = between(self.ui, self.li) * smooth(0.0, 0.5, self.li - self.ui)
        self.t = np.clip((Y - self.uo) / np.maximum(self.ui - self.uo, 0.6), 0, 1)
        self.s = np.clip((Y - self.li) / np.maximum(self.lo - self.li, 0.6), 0, 1)
        middle = 0.5 * (self.ui + self.li)
        self.upper = between(self.uo, np.minimum(self.ui, middle))
        self.lower = between(np.maximum(self.li, middle), self.lo)
        self.full = between(self.uo, self.lo)
        self.taper = np.clip(1 - np.abs(uc) ** 3.2, 0, 1) ** 0.75

    def height(self, Y):
        """What the lips add to the face's height, and how much of the jaw's own relief stays."""
        s = self.shape
        scale = (1 - 0.55 * s.press) * (1 - 0.15 * s.wide) * (1 + 0.15 * s.round)
        z = (UPPER_Z(self.t) - 5.0) * self.upper + (LOWER_Z(self.s) - 5.0) * self.lower
        return z * self.taper * scale * 0.95


def paint_lips(lips, grid, albedo):
    """Lip colour over skin albedo; returns albedo, gloss factor and extra occlusion."""
    X, Y, s = grid.X, grid.Y, lips.shape
    au = np.abs(np.clip(lips.u, -1, 1))
    upper = mix(LIP_UPPER, LIP_DARK, 0.50 * smooth(0.45, 1.0, lips.t) + 0.28 * smooth(0.6, 1, au))
    lower = mix(LIP_LOWER, LIP_DARK, 0.50 * smooth(0.30, 0.0, lips.s) + 0.30 * smooth(0.6, 1, au))
    # fine vertical creases, faint and wide enough to survive video compression
    crease = np.sin(lips.u * 31 + 2.0 * np.sin(lips.u * 7)) * (1 - au) * (0.016 + 0.03 * s.round)
    upper *= (1 + crease * smooth(0.1, 0.5, lips.t))[..., None]
    lower *= (1 + crease * smooth(0.9, 0.5, lips.s))[..., None]
    soft_u = grid.blur(lips.upper, 0.75)
    soft_l = grid.blur(lips.lower, 0.85)
    out = mix(albedo, upper, np.clip(soft_u * 0.86, 0, 1))
    out = mix(out, lower, np.clip(soft_l * 0.84, 0, 1))
    # seam and corners
    seam_y = 0.5 * (lips.ui + lips.li)
    d = np.maximum(np.abs(Y - seam_y) - 0.5 * (lips.li - lips.ui), 0)
    inside = smooth(1.03, 0.94, np.abs(lips.u))
    width = 0.85 + 0.5 * bump(au, Y, 0.93, 0, 0.07, 1e6)
    dark = np.exp(-0.5 * (d / width) ** 2) * inside
    corner = sum(bump(X, Y, CX + sg * (s.hw + 0.4), s.corner + 0.2, 2.2, 1.7) for sg in (-1, 1))
    occ = 1 - 0.72 * dark - 0.30 * np.exp(-0.5 * (d / 2.6) ** 2) * inside * (1 - dark)
    occ = occ * (1 - 0.42 * corner * (1 - 0.6 * s.round))
    # moist in the middle, matt towards the corners
    middle = np.exp(-0.5 * (au / 0.42) ** 2)
    gloss = 1 + (soft_l * (2.3 + 0.6 * s.round) + soft_u * 1.0) * (1 - 0.5 * s.press) * middle - 0.6 * np.maximum(soft_l, soft_u) * (1 - middle)
    return out, gloss.astype(np.float32), np.clip(occ, 0, 1).astype(np.float32)


# tooth boundaries, from the middle outwards, and how far the edges of the teeth stand back
EDGES = np.array([0, 8.0, 14.2, 20.4, 25.6, 30.2, 34, 37.5])
UP_LEN = np.array([0.0, -0.9, 0.1, -1.0, -1.7, -2.5, -3.2])
LOW_EDGES = np.array([0, 5.0, 10.4, 16.6, 22.2, 27.4, 31.5, 35])


def _teeth(grid, y_edge, length, edges, arch, sign, unevenness):
    """Mask, shade and edge darkness of a row. sign +1: upper row (edge at the bottom), -1: lower row."""
    X, Y, k = grid.X, grid.Y, grid.k
    ax = np.abs(X - CX)
    i = np.clip(np.searchsorted(edges, ax.ravel(), side="right").reshape(ax.shape) - 1, 0, len(edges) - 2)
    left, right = edges[i], edges[i + 1]
    v = (ax - left) / (right - left) * 2 - 1
    edge = y_edge - sign * (arch * (ax / 30) ** 2 - unevenness[np.minimum(i, len(unevenness) - 1)] * 0.55)
    edge = edge - sign * 1.1 * np.abs(v) ** 5
    inside = (edge - Y) * sign
    mask = np.clip(inside * k * 0.8 + 0.5, 0, 1) * smooth(length + 2.0, length, inside)
    groove = np.exp(-((1 - np.abs(v)) * (right - left) / 2 / 0.62) ** 2)
    tip = np.exp(-np.maximum(inside, 0) / 1.6)
    return mask, groove, tip, ax


def interior(lips, grid):
    """Everything seen between the lips, lit, linear RGB (over the whole grid; the caller masks it)."""
    X, Y, s = grid.X, grid.Y, lips.shape
    gap = np.maximum(lips.li - lips.ui, 0.3)
    v = np.clip((Y - lips.ui) / gap, 0, 1)
    au = np.abs(lips.u)
    # the cavity: warm, darkest at the back, a little light on the floor
    c = mix(lin(38, 12, 12), lin(92, 32, 30), (0.9 * smooth(0.35, 1.1, v) * smooth(1.0, 0.1, au))[..., None])
    up_edge = CY + 4.3 - 0.02 * s.gap - 2.6 * s.round * (1 - 0.5 * s.show)
    # the lower lip hides most of the lower teeth; parted lips over closed teeth bare them
    low_edge = max(s.a_l - (0.8 + 2.2 * s.aperture) - 1.6 * s.wide + 2.5 * s.round, up_edge + 0.5)
    low_edge += (up_edge + 0.7 - low_edge) * s.show

    # tongue at rest on the floor of the mouth, rising towards the back
    t_top = s.a_l - 0.36 * s.gap - 0.8
    tw = min(s.hw * 0.84, 26)
    dome = t_top + 6.5 * ((X - CX) / tw) ** 2 + 0.8 * np.exp(-((X - CX) / 2.2) ** 2)
    tongue = smooth(-1.6, 1.8, (Y - dome)) * smooth(1.08, 0.80, np.abs(X - CX) / tw)
    depth = np.clip((Y - dome) / max(0.36 * s.gap + 2, 3), 0, 1)
    tc = mix(lin(112, 44, 44), lin(202, 106, 104), smooth(0, 0.75, depth))
    tc *= (1 - 0.16 * bump(X, Y, CX, t_top + 8, 1.3, 9))[..., None]
    tc += (0.06 * bump(X, Y, CX - 6, t_top + 0.20 * s.gap, 6, 2.2))[..., None]
    c = mix(c, tc, tongue * 0.94)

    # lower teeth
    m, groove, tip, ax = _teeth(grid, low_edge, 11.0, LOW_EDGES, 2.0, -1, np.zeros(7))
    shade = (0.70 + 0.14 * s.show) * (1 - 0.26 * groove) * (1 - 0.75 * smooth(6, 28, ax))
    low = lin(232, 220, 205) * shade[..., None]
    c = mix(c, low, m * 0.96)

    # tongue raised to the ridge behind the upper teeth: a rounded body that hides the cavity
    if s.tongue > 0 and s.aperture > 0.05:
        room = max(s.a_l - up_edge, 0.0)
        rise = s.tongue * min(1.0, room / 2.5)
        top = up_edge - 1.6 + (1 - rise) * max(room, 1.0)
        body = s.a_l + 5
        tw2 = min(s.hw * 0.66, 19.5)
        e = np.clip(1 - np.abs((X - CX) / tw2) ** 2.2, 0, 1) ** 0.72
        crest = body + (top - body) * e
        tip_m = smooth(-0.7, 0.9, Y - crest) * (e > 0) * rise
        depth = np.clip((Y - crest) / np.maximum(body - crest, 1), 0, 1)
        light = 0.52 + 0.60 * np.exp(-((depth - 0.30) / 0.22) ** 2) - 0.25 * smooth(0.5, 1, depth)
        under = mix(lin(206, 112, 108), lin(150, 62, 62), smooth(0.35, 0.95, depth)[..., None]) * (light * 0.86)[..., None]
        c = mix(c, under, tip_m)
        spec = bump(X, Y, CX - 4, top + 0.26 * (body - top), 4.5, 1.1)
        c = c + (0.16 * spec * tip_m)[..., None]

    # upper teeth
    m, groove, tip, ax = _teeth(grid, up_edge, 13.0, EDGES, 3.4, 1, UP_LEN)
    shade = 0.98 * (1 - 0.22 * groove) * (1 - 0.66 * smooth(8, 34, ax)) * (1 - 0.08 * tip)
    shade = shade + 0.10 * bump(X, Y, CX - 9, up_edge - 4, 8, 2.0)
    up = lin(246, 238, 228) * shade[..., None]
    c = mix(c, up, m)

    # shadows of the lips on whatever is inside
    below = (Y - lips.ui)
    c = c * (1 - 0.60 * np.exp(-np.maximum(below, 0) / (1.1 + 0.05 * s.gap)) - 0.06)[..., None]
    above = (lips.li - Y)
    c = c * (1 - 0.50 * np.exp(-np.maximum(above, 0) / 1.3))[..., None]
    c = c * (0.30 + 0.70 * smooth(s.inner, s.inner * 0.62, au))[..., None]
    return c.astype(np.float32)
