"""A blazer over a light top, and a thin chain."""

import numpy as np

from . import shade
from .canvas import bump, layer, lin, lin_image, over, smooth

CX = 256.0
WOOL = lin(36, 62, 80)
SILK = lin(232, 222, 208)


def _path(points, s=1):
    """Closed path from (x, y) and (x1, y1, x2, y2, x, y) entries; x is measured from the middle, mirrored for s = -1."""
    def draw(ctx):
        for i, p in enumerate(points):
            q = [CX + s * v if j % 2 == 0 else v for j, v in enumerate(p)]
            if i == 0:
                ctx.move_to(*q)
            elif len(q) == 2:
                ctx.line_to(*q)
            else:
                ctx.curve_to(*q)
        ctx.close_path()
        ctx.fill()
    return draw


# one half of the jacket, its lapel with the collar, and the top
FRONT = [(-2, 545), (-8, 510, -46, 440, -49, 390), (-50, 382, -58, 382, -67, 394), (-84, 418, -128, 428, -166, 438),
         (-206, 449, -232, 462, -242, 486),
         (-250, 505, -256, 530, -260, 545)]
LAPEL = [(-1, 548), (-22, 500, -48, 442, -49, 388), (-48, 380, -46, 374, -42, 369), (-54, 369, -62, 376, -67, 388), (-73, 404, -82, 416, -93, 429),
         (-92, 434, -86, 443, -80, 449), (-86, 452, -94, 456, -101, 461), (-88, 490, -60, 520, -34, 548)]
COLLAR = [(-49, 388), (-48, 380, -46, 374, -42, 369), (-54, 369, -62, 376, -67, 388), (-73, 404, -82, 416, -93, 429), (-92, 434, -86, 443, -80, 449),
          (-66, 440, -54, 420, -49, 388)]
TOP = [(-80, 548), (-72, 420), (-50, 462, -22, 467, 0, 467), (22, 467, 50, 462, 72, 420), (80, 548)]


def cloth(grid, mask, z, albedo, shadow, gloss=0.15, edge=0.10):
    """Lit cloth. Rougher than skin: no scattering, a broad weak sheen."""
    n = shade.normals(grid.blur(z, 0.6), grid.k)
    ao = shade.occlusion(grid, z, scales=((3, 0.06), (9, 0.03)))
    key = np.clip((shade.dot(n, shade.KEY) + 0.12) / 1.12, 0, None) ** 1.1 * (1 - 0.82 * shadow)
    fill = np.clip(shade.dot(n, shade.FILL) + 0.1, 0, None)
    rim = np.clip(shade.dot(n, shade.RIM) + 0.15, 0, 1) * (1 - np.clip(n[2], 0, 1)) ** 1.5
    half = (shade.KEY + shade.VIEW) / np.linalg.norm(shade.KEY + shade.VIEW)
    sheen = np.clip(shade.dot(n, half), 0, 1) ** 9 * gloss * (1 - shadow)
    up = (0.5 - 0.5 * n[1])[..., None]
    light = (key[..., None] * shade.KEY_COLOR * (0.45 + 0.55 * ao[..., None])
             + (fill[..., None] * shade.FILL_COLOR + shade.SKY_COLOR * up * 0.95 + shade.GROUND_COLOR * (1 - up) * 0.5) * ao[..., None])
    return layer(albedo * light + (sheen * 0.10)[..., None] + (edge * 3.0 * rim)[..., None] * shade.RIM_COLOR * (0.25 + 0.75 * albedo), mask)


def _drop(grid, mask, dx, dy, blur):
    """The shadow of a flap on what lies under it."""
    m = grid.blur(mask, blur)
    ix, iy = int(round(dx * grid.k)), int(round(dy * grid.k))
    return np.roll(m, (iy, ix), (0, 1)) * (1 - mask)


def _darken(image, amount):
    return np.concatenate([image[..., :3] * (1 - amount[..., None]), image[..., 3:]], -1)


def _top(grid, shadow):
    X, Y = grid.X, grid.Y
    dx = X - CX
    m = grid.mask(_path(TOP))
    z = 40 + 0.05 * (Y - 440) - 0.002 * dx ** 2 + 2.2 * grid.blur(m, 1.5)
    # the folds of a loose top fall from the neckline
    for x, lean, w, h in ((-40, 0.42, 4.5, 1.6), (-25, 0.22, 3.6, 1.2), (-9, 0.10, 4.4, 0.9),
                          (10, -0.05, 3.8, 1.0), (26, -0.28, 4.4, 1.5), (42, -0.45, 4.0, 1.5)):
        z = z + h * np.exp(-0.5 * ((dx - x - lean * (Y - 470)) / w) ** 2) * smooth(462, 492, Y)
    # a narrow hem along the neckline
    hem = grid.blur(m, 0.5) - grid.blur(np.roll(m, int(4.2 * grid.k), 0), 0.5)
    z = z + 0.9 * np.clip(hem, 0, 1)
    return cloth(grid, m, z, np.broadcast_to(SILK, X.shape + (3,)), shadow, gloss=0.5)


def _jacket(grid, s, shadow):
    X, Y = grid.X, grid.Y
    dx = (X - CX) * s
    m = grid.mask(_path(FRONT, -s))
    rng = np.random.default_rng(31 + s)
    body = 46 - 0.0010 * dx ** 2 + 16 * grid.blur(m, 9) + 16 * grid.blur(m, 22)
    # sleeve: a tube beside the chest, with the armhole's seam between them
    seam = 158 + 0.22 * (Y - 450) + 5 * np.sin((Y - 440) / 26)
    body = body - 3.4 * np.exp(-0.5 * ((dx - seam) / 3.2) ** 2) * smooth(446, 468, Y)
    body = body + 5.0 * np.exp(-0.5 * ((dx - seam - 26) / 18) ** 2) * smooth(446, 480, Y)
    # soft folds: from the shoulder to the chest, and where arm and body meet
    for x, y, a, lx, ly, h in ((112, 470, 0.62, 7, 34, 2.2), (134, 488, 0.42, 6, 30, 3.0), (150, 502, 0.25, 5, 28, 2.6), (92, 500, 0.55, 6, 30, 1.6),
                               (186, 478, -0.30, 5, 26, 1.8), (204, 496, -0.18, 5, 28, 2.0)):
        h *= rng.uniform(0.7, 1.2)
        a += rng.uniform(-0.08, 0.08)
        body = body + h * bump(dx, Y, x + rng.uniform(-4, 4), y, lx, ly, a)
        body = body - 0.7 * h * bump(dx, Y, x + 9, y + 2, lx, ly, a)
    return cloth(grid, m, body, np.broadcast_to(WOOL, X.shape + (3,)), shadow, gloss=0.30), m


def _lapel(grid, s, shadow, out):
    X, Y = grid.X, grid.Y
    dx = (X - CX) * s
    m, mc = grid.mask(_path(LAPEL, -s)), grid.mask(_path(COLLAR, -s))
    out = _darken(out, 0.60 * _drop(grid, m, 1.6, 3.0, 3.0))
    # the lapel rolls out of the front edge and lies flat at its outer one
    z = 52 + 2.6 * grid.blur(m, 0.8) + 2.0 * grid.blur(m, 2.0) - 0.10 * dx + 5.0 * np.exp(-np.maximum(dx - 8 - (545 - Y) * 0.27, 0) / 12)
    z = z + 1.6 * bump(dx, Y, 62, 470, 7, 34, 0.45)
    lap = cloth(grid, m, z, np.broadcast_to(WOOL * 1.10, X.shape + (3,)), shadow, gloss=0.35)
    lap = _darken(lap, 0.50 * _drop(grid, mc, 0.8, 1.6, 1.6) * m)
    out = over(lap, out)
    zc = 55 + 2.4 * grid.blur(mc, 0.8) + 1.6 * grid.blur(mc, 2.0) - 0.20 * dx
    out = over(cloth(grid, mc, zc, np.broadcast_to(WOOL * 1.06, X.shape + (3,)), shadow, gloss=0.35), out)

    def stitches(ctx):
        # a line of stitching along the lapel's edge
        ctx.set_line_width(0.5)
        ctx.set_dash([2.2, 1.2])
        ctx.set_line_cap(0)
        ctx.move_to(CX + s * 97.0, 462.0)
        ctx.curve_to(CX + s * 84, 489, CX + s * 57, 517, CX + s * 31, 545)
        ctx.stroke()
    line = grid.mask(stitches)
    return _darken(out, 0.28 * line)


def _chain(grid, out):
    def draw(ctx):
        ctx.set_line_width(0.95)
        ctx.set_source_rgba(0.36, 0.22, 0.13, 0.40)
        for dy, rgba, w in ((1.1, (0.40, 0.22, 0.15, 0.34), 1.3), (0, (0.66, 0.47, 0.22, 1), 0.95), (-0.15, (0.97, 0.86, 0.60, 0.85), 0.40)):
            ctx.set_source_rgba(*rgba)
            ctx.set_line_width(w)
            ctx.set_dash([1.3, 0.5] if dy < 0 else [])
            ctx.move_to(CX - 49, 392 + dy)
            ctx.curve_to(CX - 40, 418 + dy, CX - 18, 446 + dy, CX + 0.5, 447 + dy)
            ctx.curve_to(CX + 19, 446 + dy, CX + 41, 418 + dy, CX + 50, 392 + dy)
            ctx.stroke()
        ctx.set_dash([])
        for r, dx, dy, rgba in ((3.0, 0.7, 1.5, (0.40, 0.22, 0.15, 0.35)), (2.7, 0, 0, (0.68, 0.47, 0.20, 1)),
                                (2.1, -0.3, -0.35, (0.86, 0.68, 0.36, 1)),
                                (0.8, -0.9, -1.0, (1, 0.96, 0.82, 0.95))):
            ctx.set_source_rgba(*rgba)
            ctx.arc(CX + 0.5 + dx, 449.6 + dy, r, 0, 7)
            ctx.fill()
    return over(lin_image(grid.image(draw)), out)


def render(grid, shadow):
    out = _chain(grid, np.zeros(grid.X.shape + (4,), np.float32))
    out = over(_top(grid, shadow * 0.8), out)
    jackets = [_jacket(grid, s, shadow * 0.75) for s in (-1, 1)]
    for j, m in jackets:
        out = _darken(out, 0.5 * _drop(grid, m, 1.5, 3.0, 3.5))
        out = over(j, out)
    for s in (1, -1):
        out = _lapel(grid, s, shadow * 0.7, out)
    # the collar goes round behind the neck, into the shade of the hair
    near = smooth(120, 50, np.abs(grid.X - CX))
    return _darken(out, 0.72 * smooth(412, 374, grid.Y) * near)
