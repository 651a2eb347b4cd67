"""Eyes: lids that move over an eyeball, iris, lashes; and the brows."""

import numpy as np
from scipy.interpolate import CubicSpline

from .canvas import bump, layer, lin, lin_image, mix, smooth
from .head import CX, EYE_DX, EYE_Y

SIZE = 1.12                              # eyes a little larger than life: they carry the picture

# lid edges relative to the eye's centre for an eye whose outer corner is at +x
UPPER = CubicSpline(*np.array([(-20.6, 3.0), (-18.2, 0.5), (-14, -3.8), (-7, -7.6), (0, -9.1), (7, -8.7), (14, -6.0), (18.6, -2.2), (21, 0.6)]).T)
LOWER = CubicSpline(*np.array([(-20.6, 3.0), (-17.5, 4.1), (-11, 5.2), (-3, 6.1), (5, 6.1), (12, 4.6), (17.5, 2.3), (21, 0.6)]).T)
X0, X1 = -20.6, 21.0
IRIS_R = 10.0


class Eye:
    """One eye at some openness (1 relaxed, 0 closed, a little above 1 wide)."""

    def __init__(self, side, openness=1.0, gaze=(0.0, 0.0)):
        self.side, self.o, self.gaze = side, openness, gaze
        self.cx, self.cy = CX + side * EYE_DX, EYE_Y + (0.4 if side > 0 else 0.0)

    def local(self, X, Y):
        return (X - self.cx) * (self.side / SIZE), (Y - self.cy) / SIZE

    def lower(self, x):
        return LOWER(x) - 1.0 * (1 - self.o) * np.clip(1 - (x / 21) ** 2, 0, 1)

    def upper(self, x):
        # the lid follows gaze up and down a little
        o = self.o - 0.035 * self.gaze[1] * (self.o > 0.3)
        shut = self.lower(x)
        return shut + (UPPER(x) - LOWER(x)) * o

    def crease(self, x):
        up = UPPER(x) - 5.2 - 1.2 * smooth(-8, 16, x) + 1.6 * smooth(-8, -19, x)
        return up + 2.0 * (1 - self.o)

    def fields(self, grid):
        x, y = self.local(grid.X, grid.Y)
        xc = np.clip(x, X0, X1)
        return x, y, xc, self.upper(xc), self.lower(xc)

    def relief(self, grid):
        """Height that the lids add to the face."""
        x, y, xc, up, low = self.fields(grid)
        span = smooth(-25, -16, x) * smooth(27, 17, x)
        d = y - self.crease(xc)
        depth = 1.5 * (0.35 + 0.65 * self.o)
        z = -depth * np.exp(-0.5 * (d / 1.15) ** 2) * span
        z += 1.0 * np.exp(-0.5 * ((d + 4.5) / 3.2) ** 2) * span * self.o          # the fold above it
        # the lid's plate bulges over the ball; closed it shows all of it
        z += 2.2 * np.exp(-0.5 * ((y - (up - 2.2)) / 3.2) ** 2) * span * (0.5 + 0.5 * self.o)
        z += 2.6 * (1 - self.o) * bump(x, y, 0, 0.5, 12, 6.5)
        b = y - low
        z += 1.0 * np.exp(-0.5 * ((b - 2.4) / 1.6) ** 2) * span                    # roll under the eye
        z -= 0.9 * np.exp(-0.5 * ((b - 8.5 - 0.08 * x) / 3.0) ** 2) * span         # trough below it
        return z

    def opening(self, grid):
        x, y, xc, up, low = self.fields(grid)
        k = grid.k * SIZE
        return (np.clip((y - up) * k + 0.5, 0, 1) * np.clip((low - y) * k + 0.5, 0, 1)
                * np.clip((x - X0) * k, 0, 1) * np.clip((X1 - x) * k, 0, 1))

    def ball(self, grid):
        """The eyeball in its own light, linear RGB."""
        X, Y = grid.X, grid.Y
        x, y, xc, up, low = self.fields(grid)
        gx, gy = self.gaze
        ix, iy = self.cx + 0.7 * self.side + gx, self.cy - 1.2 + gy

        white = np.broadcast_to(lin(242, 233, 227), X.shape + (3,)).copy()
        white = mix(white, lin(214, 160, 148), 0.75 * smooth(-12, -20, x) + 0.45 * smooth(13, 21, x))
        white = mix(white, lin(206, 176, 168), 0.5 * smooth(4.0, 0.0, low - y))
        nx, ny = (X - self.cx) / 25, (Y - self.cy) / 25
        nz = np.sqrt(np.maximum(1 - nx * nx - ny * ny, 0))
        light = np.clip(-0.50 * nx - 0.40 * ny + 0.82 * nz, 0, 1)
        c = white * (0.26 + 0.64 * light)[..., None]

        dx, dy = X - ix, Y - iy
        r = np.hypot(dx, dy) / IRIS_R
        th = np.arctan2(dy, dx)
        rng = np.random.default_rng(11 if self.side > 0 else 12)
        fibre = np.zeros_like(r)
        for n in (23, 31, 41, 57, 73):
            fibre += np.cos(n * th + rng.uniform(0, 6.28) + 2.2 * np.sin(3 * r + rng.uniform(0, 6.28))) / 5
        ring = 0.36 + 0.05 * np.cos(7 * th + 1) + 0.03 * np.cos(13 * th)
        iris = mix(lin(122, 84, 40), lin(98, 108, 76), smooth(ring, ring + 0.26, r))
        iris = mix(iris, lin(66, 88, 78), smooth(0.62, 0.92, r))
        iris = iris * (1 + 0.42 * fibre * smooth(0.3, 0.5, r) * smooth(1.0, 0.8, r))[..., None]
        iris = mix(iris, lin(24, 28, 26), 0.88 * smooth(0.80, 1.0, r))             # limbal ring
        # light enters at the upper left and lights up the far side
        glow = np.clip((dx * 0.45 + dy * 0.75) / IRIS_R, -0.4, 1) * smooth(1.0, 0.6, r)
        iris = iris * (0.62 + 1.25 * np.clip(glow, -0.2, 1))[..., None]
        iris = mix(iris, lin(9, 7, 7), smooth(0.415, 0.355, r))
        c = mix(c, iris, smooth(1.05, 0.95, r))

        # the upper lid shades the ball, corners are darker
        c = c * (1 - 0.62 * np.exp(-np.maximum(y - up, 0) / 2.6) - 0.16 * np.exp(-np.maximum(y - up, 0) / 7.0))[..., None]
        c = c * (1 - 0.20 * np.exp(-np.maximum(low - y, 0) / 1.2))[..., None]
        c = c * (0.62 + 0.38 * smooth(X0 - 1, -11, x) * smooth(X1 + 1, 12, x))[..., None]
        # tear duct
        duct = bump(x, y, -18.0, 2.7, 1.9, 1.25)
        c = mix(c, lin(208, 132, 122) * 0.72, np.clip(duct * 1.1, 0, 0.9))
        c += (0.30 * bump(x, y, -17.6, 2.3, 0.5, 0.4))[..., None]
        # catchlights: a tall window at the upper left, a faint bounce below right; they follow the gaze only a little
        wx, wy = self.cx + 0.7 * self.side - 3.2 + 0.45 * gx, self.cy - 4.1 + 0.45 * gy
        win = smooth(1.95, 1.45, np.abs(X - wx + 0.12 * (Y - wy))) * smooth(2.2, 1.7, np.abs(Y - wy))
        c = c + (0.86 * win)[..., None] * np.array([1, 0.99, 0.97], np.float32)
        c = c + (0.13 * bump(X, Y, self.cx + 3.6 + 0.5 * gx, self.cy + 2.6 + 0.5 * gy, 1.9, 1.1, -0.7))[..., None]
        # wet edge on the lower lid
        wet = np.exp(-0.5 * ((low - y - 0.5) / 0.45) ** 2) * smooth(-17, -10, x) * smooth(18, 8, x)
        c = c + (0.10 * wet)[..., None]
        return c.astype(np.float32)

    def lashes(self, ctx):
        """Lash line and lashes, straight sRGB strokes on a cairo context in design units."""
        s, o = self.side, np.clip(self.o, 0, 1)

        def pt(x, y):
            return self.cx + s * SIZE * x, self.cy + SIZE * y

        xs = np.linspace(X0 + 1.5, X1 + 1.2, 60)
        up = self.upper(np.clip(xs, X0, X1)) + 0.55 * np.maximum(xs - X1 + 1.5, 0) * -0.5
        t = (xs - xs[0]) / (xs[-1] - xs[0])
        thick = (0.5 + 1.25 * np.sin(np.pi * np.clip(t * 0.92 + 0.04, 0, 1)) ** 0.7 + 0.5 * t) * (0.75 + 0.25 * o)
        thick *= smooth(1.0, 0.93, t) * smooth(0, 0.12, t)
        ctx.set_source_rgba(0.145, 0.085, 0.07, 0.90)
        ctx.move_to(*pt(xs[0], up[0] + 0.3))
        for x, y in zip(xs, up):
            ctx.line_to(*pt(x, y + 0.35))
        for x, y, w in zip(xs[::-1], up[::-1], thick[::-1]):
            ctx.line_to(*pt(x, y - w))
        ctx.close_path()
        ctx.fill()
        rng = np.random.default_rng(5 + s)
        for i in range(46):
            q = (i + rng.uniform(-0.35, 0.35)) / 45
            x = X0 + 3 + q * (X1 - X0 - 2.6)
            y = float(self.upper(np.clip(x, X0, X1)))
            ln = (2.6 + 4.4 * np.sin(np.pi * (0.10 + 0.74 * q)) ** 1.2 * (0.55 + 0.6 * q)) * rng.uniform(0.78, 1.1)
            a_open = np.radians(-100 + 78 * q + rng.uniform(-7, 7))
            a_shut = np.radians(105 - 62 * q + rng.uniform(-7, 7))
            # open lashes turn up, closed lashes hang over the cheek; foreshortened in between
            ex = ln * (np.cos(a_open) * o + np.cos(a_shut) * (1 - o))
            ey = ln * (np.sin(a_open) * 0.86 * o + np.sin(a_shut) * 0.72 * (1 - o))
            bx, by = x + ex * 0.55 - 0.22 * ey * 0.5, y + ey * (0.30 if o > 0.4 else 0.62)
            self._lash(ctx, pt(x, y - 0.2), pt(bx, by), pt(x + ex, y + ey), 0.80, 0.80)
        for i in range(22):
            q = (i + rng.uniform(-0.3, 0.3)) / 21
            x = -9 + q * 27
            y = float(self.lower(np.clip(x, X0, X1))) + 0.5
            ln = (1.3 + 1.5 * q) * rng.uniform(0.7, 1.1)
            a = np.radians(100 - 52 * q)
            self._lash(ctx, pt(x, y), pt(x + 0.4 * ln * np.cos(a), y + 0.6 * ln * np.sin(a)),
                       pt(x + ln * np.cos(a), y + ln * np.sin(a)), 0.42, 0.42)

    @staticmethod
    def _lash(ctx, a, b, c, w, alpha):
        taper(ctx, a, b, c, w, (0.15, 0.09, 0.075, alpha))


def taper(ctx, a, b, c, w, rgba, n=6):
    """A hair: a quadratic curve a-b-c filled as one shape that ends in a point."""
    t = np.linspace(0, 1, n)[:, None]
    a, b, c = np.array(a), np.array(b), np.array(c)
    p = (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c
    d = np.gradient(p, axis=0)
    nrm = np.stack([-d[:, 1], d[:, 0]], -1) / np.maximum(np.hypot(d[:, 0], d[:, 1]), 1e-6)[:, None]
    half = 0.5 * w * (1 - 0.92 * t ** 1.4)
    ctx.set_source_rgba(*rgba)
    for i, q in enumerate(np.concatenate([p + nrm * half, (p - nrm * half)[::-1]])):
        (ctx.move_to if i == 0 else ctx.line_to)(q[0], q[1])
    ctx.close_path()
    ctx.fill()


def paint(grid, skin_rgb, eyes):
    """Eyeballs and lashes over lit skin."""
    for e in eyes:
        hole = e.opening(grid)
        x, y, xc, up, low = e.fields(grid)
        span = smooth(X0 - 2, X0 + 4, x) * smooth(X1 + 2, X1 - 4, x)
        # the thickness of the lower lid: a light, moist rim; and shade where the upper lid meets its crease
        rim = np.exp(-0.5 * ((y - low - 0.55) / 0.62) ** 2) * span
        skin_rgb = mix(skin_rgb, lin(222, 160, 146) * 0.86, 0.55 * rim)
        cr = np.exp(-0.5 * ((y - e.crease(xc)) / 0.85) ** 2) * smooth(-23, -12, x) * smooth(25, 12, x)
        skin_rgb = mix(skin_rgb, skin_rgb * lin(170, 112, 96), 0.62 * cr * (0.3 + 0.7 * e.o))
        skin_rgb = mix(skin_rgb, e.ball(grid), hole)
    ink = lin_image(grid.image(lambda ctx: [e.lashes(ctx) for e in eyes]))
    return ink[..., :3] + skin_rgb * (1 - ink[..., 3:])


def brows(grid, raise_=0.0):
    """Premultiplied layer of brow hairs."""
    def draw(ctx):
        for s in (-1, 1):
            rng = np.random.default_rng(21 + s)
            lift = 0.8 if s < 0 else 0.0
            # along the brow: spine, half thickness, hair direction
            tt = [0, 0.18, 0.42, 0.66, 0.85, 1.0]
            sx = CubicSpline(tt, [20.5, 30, 41.5, 53, 62, 68.5])
            sy = CubicSpline(tt, [178.4, 177.4, 175.2, 173.0, 174.4, 179.2])
            hw = CubicSpline(tt, [3.3, 3.9, 3.8, 3.0, 1.9, 0.5])
            for i in range(420):
                t = rng.uniform(0, 1) ** 0.9
                across = rng.uniform(-1, 1)
                x, y = float(sx(t)), float(sy(t)) - lift - raise_ + across * float(hw(t))
                tang = np.arctan2(float(sy(t, 1)), float(sx(t, 1)))
                # hairs stand up at the nose, then lie along the brow; upper ones point down, lower ones up
                ang = tang - np.radians(66) * (1 - smooth(0.0, 0.30, t)) - np.radians(26) * (across + 0.25) * smooth(0.05, 0.3, t)
                ang += rng.normal(0, 0.10)
                ln = (5.4 + 3.0 * np.sin(np.pi * min(t * 1.2, 1))) * rng.uniform(0.7, 1.15) * (1 - 0.35 * t)
                bend = rng.normal(0.10, 0.12)
                x1, y1 = x + ln * np.cos(ang), y + ln * np.sin(ang)
                mx = x + 0.5 * ln * np.cos(ang - bend)
                my = y + 0.5 * ln * np.sin(ang - bend)
                tone = rng.uniform(0.75, 1.3)
                a = (0.46 + 0.24 * rng.random()) * (0.38 + 0.62 * smooth(0.0, 0.3, t))
                taper(ctx, (CX + s * x, y), (CX + s * mx, my), (CX + s * x1, y1), 0.72 * (1 - 0.2 * t), (0.29 * tone, 0.18 * tone, 0.125 * tone, a))

    def under(ctx):
        for s in (-1, 1):
            lift = 0.8 if s < 0 else 0.0
            top = [(23, 175.2), (33, 173.8), (43, 171.6), (55, 170.0), (62.5, 171.8), (67.5, 177.2)]
            low = [(64, 176.0), (56, 175.6), (45, 178.4), (33, 180.4), (24, 180.8)]
            ctx.set_source_rgba(1, 1, 1, 1)
            for i, (x, y) in enumerate(top + low):
                (ctx.move_to if i == 0 else ctx.line_to)(CX + s * x, y - lift - raise_)
            ctx.close_path()
            ctx.fill()

    soft = grid.blur(grid.mask(under), 1.9) * 0.42
    base = layer(np.broadcast_to(lin(92, 58, 42), soft.shape + (3,)), soft)
    ink = lin_image(grid.image(draw))
    return ink + base * (1 - ink[..., 3:])
