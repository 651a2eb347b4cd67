"""Light. Skin is a height field z(x, y) seen from the front; this file turns height and albedo into light.

The look comes from four cheap effects: light scattered under the skin (the red channel sees a smoother surface than the
blue one and wraps further round), soft cast shadows marched over the height field, ambient occlusion as "how much lower
am I than my surroundings", and a broad plus a tight highlight.
"""

import numpy as np

from .canvas import smooth


def unit(x, y, z):
    v = np.array([x, y, z], np.float32)
    return v / np.linalg.norm(v)


KEY = unit(-0.50, -0.56, 0.72)      # the large soft light, upper left
FILL = unit(0.75, -0.05, 0.65)      # weak light from the right
RIM = unit(0.93, -0.25, -0.28)      # behind her left shoulder
VIEW = np.array([0, 0, 1], np.float32)

KEY_COLOR = np.array([1.00, 0.955, 0.90], np.float32) * 1.10
FILL_COLOR = np.array([0.98, 0.94, 0.96], np.float32) * 0.14
SKY_COLOR = np.array([0.97, 0.97, 1.00], np.float32) * 0.24
GROUND_COLOR = np.array([1.10, 0.86, 0.76], np.float32) * 0.36
RIM_COLOR = np.array([1.0, 0.96, 0.92], np.float32) * 0.75


def normals(z, k, strength=1.0):
    """Unit normals of a height field; heights are in design units, k is pixels per unit."""
    gy, gx = np.gradient(z)
    gx, gy = gx * (k * strength), gy * (k * strength)
    inv = 1 / np.sqrt(gx * gx + gy * gy + 1)
    return -gx * inv, -gy * inv, inv


def dot(n, v):
    return n[0] * v[0] + n[1] * v[1] + n[2] * v[2]


def cast_shadow(grid, z, reach=46.0, steps=30, softness=0.42, light=KEY):
    """0 (lit) ... 1 (in shadow): is anything between a point and the key light? March towards the light."""
    lx, ly, lz = light
    horizontal = float(np.hypot(lx, ly))
    dx, dy, rise = lx / horizontal, ly / horizontal, lz / horizontal
    worst = np.zeros_like(z)
    for i in range(1, steps + 1):
        t = reach * (i / steps) ** 1.5
        sx, sy = int(round(dx * t * grid.k)), int(round(dy * t * grid.k))
        if sx == 0 and sy == 0:
            continue
        shifted = np.full_like(z, -1e3)
        ny, nx = z.shape
        ys, yd = (slice(max(0, sy), ny + min(0, sy)), slice(max(0, -sy), ny - max(0, sy)))
        xs, xd = (slice(max(0, sx), nx + min(0, sx)), slice(max(0, -sx), nx - max(0, sx)))
        shifted[yd, xd] = z[ys, xs]
        excess = (shifted - z - rise * t) / (softness * t + 1.0)
        np.maximum(worst, excess, out=worst)
    return smooth(0.0, 1.0, worst)


def occlusion(grid, z, scales=((2.2, 0.085), (6.0, 0.045), (16.0, 0.018)), mask=None):
    """Ambient light that reaches a point, 0...1: at every scale, lower than the neighbourhood means darker."""
    light = np.ones_like(z)
    for sigma, weight in scales:
        if mask is None:
            mean = grid.blur(z, sigma)
        else:
            mean = grid.blur(z * mask, sigma) / np.maximum(grid.blur(mask, sigma), 1e-3)
        light *= 1 - np.clip((mean - z) * weight, -0.05, 0.62)
    return np.clip(light, 0.12, 1.06)


def skin(grid, z, albedo, shadow=None, ao=None, gloss=1.0, scatter=1.0, rim=1.0):
    """Lit skin, linear RGB. `gloss` and `ao` may be maps. `shadow` comes on top of what the height field casts."""
    k = grid.k
    by_channel = [grid.blur(z, s * scatter) for s in (2.3, 1.25, 0.8)]
    wrap = (0.42, 0.26, 0.20)
    shade = np.zeros(z.shape, np.float32) if shadow is None else shadow
    # light bleeds into a shadow's edge, red the furthest
    depth = [shade ** p for p in (1.35, 1.1, 1.0)]
    ambient = np.ones(z.shape, np.float32) if ao is None else ao
    out = np.empty(z.shape + (3,), np.float32)
    for c in range(3):
        n = normals(by_channel[c], k)
        w = wrap[c]
        key = np.clip((dot(n, KEY) + w) / (1 + w), 0, None) ** 1.25
        fill = np.clip((dot(n, FILL) + 0.3) / 1.3, 0, None)
        up = 0.5 - 0.5 * n[1]
        sky = SKY_COLOR[c] * up + GROUND_COLOR[c] * (1 - up)
        occ = ambient ** (0.72, 1.0, 1.06)[c]           # occluded skin goes warm, not grey
        out[..., c] = albedo[..., c] * (
            KEY_COLOR[c] * key * (1 - (0.80, 0.86, 0.87)[c] * depth[c]) * (0.35 + 0.65 * occ)
            + (FILL_COLOR[c] * fill + sky) * occ)
    n = normals(grid.blur(z, 0.9), k)
    half = KEY + VIEW
    half = half / np.linalg.norm(half)
    facing = np.clip(dot(n, half), 0, 1)
    fresnel = (1 - np.clip(n[2], 0, 1)) ** 4
    lit = (1 - 0.9 * shade) * ambient
    spec = (0.055 * facing ** 14 + 0.075 * facing ** 46) * gloss * lit
    edge = np.clip(dot(n, RIM) + 0.10, 0, 1) * fresnel * rim * ambient
    return out + spec[..., None] * KEY_COLOR + edge[..., None] * RIM_COLOR * (0.12 + 0.88 * albedo)


def tone(c):
    """A soft shoulder, so that highlights roll off instead of clipping."""
    knee = 0.62
    x = np.maximum(c - knee, 0)
    return np.where(c < knee, c, knee + (1 - knee) * (1 - np.exp(-x / (1 - knee))))
