"""Hair: locks of strands between guide curves on a rough volume, lit strand by strand (Kajiya-Kay)."""

import numpy as np
from scipy.interpolate import CubicSpline

from .canvas import encode_srgb, layer, lin, lin_image, smooth
from .eyes import taper
from .shade import KEY, RIM, VIEW

# Guides run from the parting to the tip as (x, y, z towards the viewer). The first of a pair frames the face, the second
# is the silhouette. Her right side (left in the picture) is tucked behind the ear, the other falls over the shoulder.
RIGHT = ([(226, 112, 90), (242, 103, 99), (270, 104, 102), (300, 125, 95), (323, 161, 80), (338, 205, 62),
          (342, 250, 52), (347, 300, 46), (356, 350, 52), (350, 394, 60), (324, 428, 66)],
         [(226, 46, 35), (266, 38, 32), (319, 50, 14), (358, 92, -2), (377, 147, -12), (387, 207, -14),
          (394, 265, -8), (402, 325, 4), (408, 385, 18), (395, 440, 34), (350, 474, 44)])
LEFT = ([(225, 112, 90), (217, 110, 95), (203, 117, 95), (187, 138, 86), (173, 162, 70), (163, 186, 44),
         (153, 216, 8), (147, 258, -4), (146, 305, -4), (146, 352, 2), (158, 402, 8)],
        [(238, 45, 35), (205, 43, 30), (168, 59, 12), (142, 96, -2), (129, 148, -12), (122, 208, -14),
         (116, 265, -8), (110, 325, 0), (105, 378, 8), (113, 424, 14), (134, 450, 18)])
# hair behind the neck, seen between neck and curtains
BACK_RIGHT = ([(262, 150, -60), (286, 220, -60), (296, 280, -60), (299, 330, -58), (301, 372, -52), (304, 404, -48), (310, 430, -44)],
              [(300, 100, -40), (352, 160, -40), (374, 230, -40), (382, 300, -36), (388, 360, -30), (390, 410, -24), (380, 446, -20)])
BACK_LEFT = ([(250, 150, -60), (226, 220, -60), (216, 280, -60), (213, 330, -58), (211, 372, -52), (208, 404, -48), (202, 430, -44)],
             [(212, 100, -40), (158, 160, -40), (138, 230, -40), (129, 300, -36), (122, 360, -30), (118, 410, -24), (128, 440, -20)])

DARK = lin(34, 20, 17)
MID = lin(94, 56, 39)
WARM = lin(186, 116, 70)
LIGHT = lin(250, 214, 174)


class Side:
    """A curtain of hair: a surface P(s, t), s across from the face outwards, t along the strand."""

    def __init__(self, guides, bulge=20.0, wave=6.0, turns=2.2, phase=0.0):
        near, far = guides
        t = np.linspace(0, 1, len(near))
        self.near = CubicSpline(t, np.array(near, float))
        self.far = CubicSpline(t, np.array(far, float))
        self.bulge, self.wave, self.turns, self.phase = bulge, wave, turns, phase

    def at(self, s, t):
        s = np.asarray(s, float)[..., None]
        p = self.near(t) * (1 - s) + self.far(t) * s
        p[..., 2] += self.bulge * np.sin(np.pi * np.clip(s[..., 0], 0, 1)) ** 0.8
        return p

    def swing(self, s, t, jitter):
        """The wave that runs down the whole curtain: neighbours are nearly in step, so that locks stay together."""
        grow = smooth(0.25, 0.80, t)
        grow = grow * (0.40 + 0.60 * smooth(0.0, 0.35, s))             # hair that frames the face stays close to it
        a = 6.283 * self.turns * t + self.phase + 1.9 * s + jitter
        return self.wave * grow * np.sin(a), 0.9 * self.wave * grow * np.cos(a)


def shade_strand(p, normal, tone, occ, shift=0.0):
    """Linear colour along a strand, from its 3-D points (y down, z towards the viewer, as the lights are)."""
    d = np.gradient(p, axis=0)
    T = d / np.maximum(np.linalg.norm(d, axis=1, keepdims=True), 1e-6)
    tl = T @ KEY
    diffuse = np.sqrt(np.clip(1 - tl * tl, 0, 1))
    facing = np.clip((normal @ KEY + 0.40) / 1.40, 0, 1)
    half = (KEY + VIEW) / np.linalg.norm(KEY + VIEW)

    def lobe(by, power):
        th = np.clip((T + normal * by) @ half, -1, 1)
        return np.clip(1 - th * th, 0, 1) ** (power / 2)

    root = smooth(-4, 26, np.cumsum(np.linalg.norm(d, axis=1)))      # no highlight where hair rises from the scalp
    tone = tone[:, None] if np.ndim(tone) else tone
    base = DARK + (MID - DARK) * (tone * 0.95)
    c = base * (0.40 * occ + 1.05 * diffuse * facing * occ)[:, None]
    c = c + WARM * (0.62 * root * lobe(0.10 + shift, 20) * facing * occ)[:, None] * (0.45 + tone)
    c = c + LIGHT * (0.25 * root * lobe(-0.10 + shift, 60) * facing * occ ** 1.5)[:, None] * (0.3 + tone)
    edge = np.clip(normal @ RIM + 0.15, 0, 1) * (1 - np.clip(normal[:, 2], 0, 1)) ** 2
    return c + WARM * (1.25 * edge * occ)[:, None]


def _normals(p, o):
    """Normals of the whole head of hair (an egg over a cylinder), bent by the roundness of the lock: o is -1 ... 1 across it."""
    nx = (p[:, 0] - 256) / 138
    ny = np.minimum(p[:, 1] - 190, 0) / 158
    d = np.gradient(p[:, :2], axis=0)
    d /= np.maximum(np.linalg.norm(d, axis=1, keepdims=True), 1e-6)
    nx = nx + 0.50 * o * d[:, 1]
    ny = ny - 0.50 * o * d[:, 0]
    n = np.stack([nx, ny, np.sqrt(np.clip(1 - nx * nx - ny * ny, 0.10, 1))], -1)
    return n / np.linalg.norm(n, axis=1, keepdims=True)


def _stroke(ctx, p, rgb, widths, alpha):
    for a in range(len(p) - 1):
        if alpha[a] < 0.02:
            continue
        ctx.set_source_rgba(rgb[a, 0], rgb[a, 1], rgb[a, 2], alpha[a])
        ctx.set_line_width(widths[a])
        e = 0.05
        ctx.move_to(p[a, 0], p[a, 1])
        ctx.line_to(p[a + 1, 0] + e * (p[a + 1, 0] - p[a, 0]), p[a + 1, 1] + e * (p[a + 1, 1] - p[a, 1]))
        ctx.stroke()


def curtain(ctx, side, seed, locks=70, strands=46, steps=44, darkness=None, width=0.60, s_range=(-0.02, 1.0), s_min=-0.05,
            s_max=1.04, loose=1.0, alpha=0.92, ends=(0.80, 1.0), flip=1.0):
    """Draws `locks` locks of `strands` strands, back to front. `loose` scatters them, `ends` is where they end along the guides."""
    rng = np.random.default_rng(seed)
    order = []
    for j in range(locks):
        s0 = s_range[0] + (s_range[1] - s_range[0]) * (j + 0.5 + rng.uniform(-0.7, 0.7)) / locks
        order.append((rng.uniform(0, 1), float(np.clip(s0, s_range[0], s_range[1]))))
    order.sort()
    for depth, s0 in order:
        jitter = rng.normal(0, 0.38) * loose
        spread = rng.uniform(0.030, 0.070)
        end = rng.uniform(*ends)
        lock_tone = rng.uniform(0.25, 1.0)
        lock_shift = rng.normal(0, 0.05)
        drift = rng.normal(0, 0.030) * loose
        q = np.linspace(0, 1, steps) ** 1.15                # finer steps where the crown bends
        t = end * q
        gather = 0.50 + 0.65 * np.sin(np.pi * np.clip(q * 0.9 + 0.05, 0, 1)) - 0.55 * smooth(0.70, 1.0, q)
        for _ in range(strands):
            o = float(np.clip(rng.normal(0, 0.42), -1, 1))
            s = np.clip(s0 + o * spread * gather + drift * t + rng.normal(0, 0.004), s_min, s_max)
            own = 1 - 0.06 * rng.random() ** 2
            own = own * (1 + 0.5 / steps * rng.uniform(-1, 1) * (1 - q))      # no bands where segments would line up
            p = side.at(s, t * own)
            n = _normals(p, o * flip)
            wx, wz = side.swing(s, t, jitter + 0.35 * o)
            p[:, 0] += wx
            p[:, 2] += wz
            p[:, :2] += np.cumsum(rng.normal(0, 0.045 * loose, (steps, 2)), axis=0)
            occ = (0.40 + 0.60 * depth) * (1 - 0.55 * abs(o) ** 1.5) * (0.62 + 0.38 * smooth(-0.03, 0.12, t))
            if darkness is not None:
                occ = occ * darkness(p, s, t)
            tone = np.clip(lock_tone + rng.normal(0, 0.15) + 0.35 * smooth(0.45, 1.0, t), 0.1, 1.4)
            rgb = encode_srgb(np.clip(shade_strand(p, n, tone, occ, lock_shift + rng.normal(0, 0.03)), 0, 1))
            w = width * rng.uniform(0.7, 1.25) * (1 - 0.65 * smooth(0.78, 1, q))
            _stroke(ctx, p, rgb, w, alpha * smooth(1.0, 0.90, q) * np.ones(steps))


def hairline(ctx, side, seed, flip, n=150):
    """Short fine hairs that soften the border between forehead and hair."""
    rng = np.random.default_rng(seed)
    for _ in range(n):
        t = rng.uniform(0.0, 0.30)
        a, b = side.at(np.array([0.0]), np.array([t])), side.at(np.array([0.0]), np.array([t + 0.01]))
        d = (b - a)[0, :2]
        d /= np.linalg.norm(d)
        inward = np.array([d[1], -d[0]]) * -flip                         # towards the face
        base = a[0, :2] + inward * rng.uniform(-1.0, 2.2)
        ang = np.radians(rng.uniform(18, 42)) * flip
        c, s = np.cos(-ang), np.sin(-ang)
        up = np.array([c * d[0] - s * d[1], s * d[0] + c * d[1]])
        ln = rng.uniform(7, 15)
        mid, tip = base + d * ln * 0.30 + up * ln * 0.25, base + up * ln
        shade = rng.uniform(0.8, 1.3)
        taper(ctx, base, mid, tip, rng.uniform(0.45, 0.75), (0.30 * shade, 0.19 * shade, 0.13 * shade, rng.uniform(0.2, 0.5)))


def _fill(ctx, side, t_end, s0=0.05, s1=0.96):
    t = np.linspace(0, t_end, 60)
    a, b = side.at(np.full(60, s0), t), side.at(np.full(60, s1), t)
    a[:, 0] += side.swing(s0, t, 0.0)[0]
    b[:, 0] += side.swing(s1, t, 0.0)[0]
    for i, p in enumerate(np.concatenate([a, b[::-1]])):
        (ctx.move_to if i == 0 else ctx.line_to)(p[0], p[1])
    ctx.close_path()
    ctx.fill()


def _finish(grid, base_mask, base_rgb, ink):
    rgba = lin_image(ink)
    base = layer(np.broadcast_to(base_rgb, base_mask.shape + (3,)), base_mask)
    return rgba + base * (1 - rgba[..., 3:])


def sides():
    return Side(LEFT, wave=8.5, turns=3.0, phase=0.4), Side(RIGHT, wave=10.5, turns=2.9, phase=0.9)


def front(grid, seed=3):
    """Hair in front of the face: both curtains."""
    left, right = sides()

    def shaded(p, s, t):
        # under the jaw and beside the neck little light arrives
        return 1 - 0.55 * smooth(0.40, 0.0, s) * smooth(0.40, 0.70, t)

    def draw(ctx):
        ctx.set_line_cap(0)
        for side, n, sd, f in ((left, 64, seed, -1.0), (right, 78, seed + 1, 1.0)):
            curtain(ctx, side, sd, locks=n, darkness=shaded, flip=f)
            # loose strands over the locks, and a few that left the silhouette
            curtain(ctx, side, sd + 10, locks=26, strands=4, width=0.42, darkness=shaded, loose=2.6, alpha=0.7, flip=f)
            hairline(ctx, side, sd + 30, f)
            if f > 0:
                # shorter layers that frame the face
                curtain(ctx, side, sd + 40, locks=7, strands=12, width=0.5, darkness=shaded, flip=f,
                        s_range=(-0.10, 0.12), s_min=-0.2, loose=1.6, alpha=0.85, ends=(0.60, 0.76))
            curtain(ctx, side, sd + 20, locks=16, strands=2, width=0.36, flip=f,
                    s_range=(0.96, 1.07), s_max=1.1, loose=4.5, alpha=0.5)

    mask = grid.blur(grid.mask(lambda ctx: (_fill(ctx, left, 0.84, 0.08, 0.92), _fill(ctx, right, 0.84, 0.08, 0.92))), 1.0)
    return _finish(grid, mask, DARK * 0.55, grid.image(draw))


def back(grid, seed=40):
    """The mass behind neck and shoulders, in the shade of the head."""
    left, right = Side(BACK_LEFT, wave=5, phase=1.0), Side(BACK_RIGHT, wave=5, phase=3.0)

    def shaded(p, s, t):
        return 0.50 - 0.26 * smooth(0.9, 0.2, s) + 0.20 * smooth(0.7, 1.0, t)

    def draw(ctx):
        ctx.set_line_cap(0)
        for side, sd in ((left, seed), (right, seed + 1)):
            curtain(ctx, side, sd, locks=46, strands=26, darkness=shaded, width=0.7)

    def solid(ctx):
        _fill(ctx, left, 0.97, 0.0, 0.9)
        _fill(ctx, right, 0.97, 0.0, 0.9)
        ctx.rectangle(190, 90, 132, 250)
        ctx.fill()

    mask = grid.blur(grid.mask(solid), 1.5)
    return _finish(grid, mask, DARK * 0.40, grid.image(draw))
