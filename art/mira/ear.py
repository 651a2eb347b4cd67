"""Her right ear (left in the picture), with a small earring; the other one is under the hair."""

import numpy as np

from . import shade
from .canvas import bump, layer, lin, mix, smooth
from .head import SKIN

# outline, clockwise from the top where the ear leaves the head
PATH = [(166, 188), (160, 181), (152.5, 181), (148.2, 188), (147.6, 199), (149.8, 212), (152.4, 224), (154.0, 235), (157.2, 244.5), (162.5, 248.5),
        (167, 246), (170, 236)]


def _outline(ctx):
    pts = PATH
    n = len(pts)
    ctx.move_to(*pts[0])
    for i in range(n - 1):
        p0, p1, p2, p3 = pts[max(i - 1, 0)], pts[i], pts[i + 1], pts[min(i + 2, n - 1)]
        ctx.curve_to(p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6, p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6, *p2)
    ctx.line_to(182, 236)
    ctx.line_to(182, 188)
    ctx.close_path()
    ctx.fill()


def _ridge(grid, pts, width):
    def draw(ctx):
        ctx.set_line_width(width)
        ctx.move_to(*pts[0])
        for i in range(1, len(pts) - 2, 3):
            ctx.curve_to(*pts[i], *pts[i + 1], *pts[i + 2])
        ctx.stroke()
    return grid.mask(draw)


def render(grid, shadow):
    X, Y = grid.X, grid.Y
    m = grid.mask(_outline)
    z = 14 * grid.blur(m, 2.4) + 0.10 * (X - 150)
    helix = _ridge(grid, [(164, 186), (157, 180), (150, 184), (150.3, 199), (150.6, 208), (152.4, 219), (154.4, 228)], 3.0)
    anti = _ridge(grid, [(161, 194), (156, 197), (155.4, 207), (157.4, 220), (158.5, 226), (160, 230), (163, 231)], 2.4)
    z = z + 3.2 * grid.blur(helix, 1.1) + 2.4 * grid.blur(anti, 1.2)
    z = z - 6.0 * bump(X, Y, 162.5, 218, 3.6, 8.5, 0.15) - 2.4 * bump(X, Y, 155.2, 190, 2.0, 5.5)
    albedo = np.broadcast_to(mix(SKIN, lin(216, 132, 112), 0.34), X.shape + (3,)).copy()
    albedo = mix(albedo, lin(214, 120, 104), 0.5 * bump(X, Y, 160, 244, 6, 6))
    ao = shade.occlusion(grid, z, scales=((1.6, 0.16), (5, 0.06)))
    rgb = shade.skin(grid, z, albedo, np.clip(shadow, 0, 1), ao, 0.8, scatter=0.6)
    rgb = mix(rgb, rgb * lin(150, 84, 72), 0.55 * bump(X, Y, 163, 217, 3.4, 7.5, 0.12))
    # where the ear meets the head
    rgb = mix(rgb, rgb * lin(168, 104, 88), 0.65 * smooth(160, 169, X) * smooth(180, 190, Y))
    # earring: a small gold ball with one highlight
    r = np.hypot(X - 160.6, Y - 243.4) / 2.3
    gold = mix(lin(214, 164, 84), lin(96, 58, 22), smooth(-0.8, 1.2, ((X - 160.6) + (Y - 243.4)) / 2.3 / 1.2))
    gold = gold + (0.9 * bump(X, Y, 159.9, 242.6, 0.55, 0.5))[..., None]
    ball = np.clip((1 - r) * 2.3 * grid.k + 0.5, 0, 1)
    drop = bump(X, Y, 161.3, 245.2, 2.4, 1.8)
    rgb = rgb * (1 - 0.35 * drop * (1 - ball))[..., None]
    return layer(mix(rgb, gold, ball), np.maximum(m, ball))
