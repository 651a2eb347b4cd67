"""The face's skin with the mouth in a given shape: one lit, premultiplied layer."""

import numpy as np

from . import head, shade
from .canvas import bump, layer, lin, mix, smooth
from .lips import Lips, interior, paint_lips
from .shape import CX, Shape, warp


def render(grid, shape=None, shadow=None, lids=None):
    """Layer and silhouette. `shadow` (0...1) is what hair throws on the face."""
    shape = shape or Shape()
    Xr, Yr = warp(shape, grid)
    mask = grid.coverage(head.outline(Xr, Yr))
    lips = Lips(shape, grid)

    z = head.height(Xr, Yr)
    z += lips.height(grid.Y)
    if shape.protrude > 0:
        my = 0.5 * (shape.a_u + shape.a_l) + 1
        z += shape.protrude * bump(grid.X, grid.Y, CX, my, shape.hw * 0.95 + 5, 16 + 0.4 * shape.gap)
    for s in (-1, 1):
        # cheeks: pushed up and folded by a smile, drawn in by rounding and by a dropped jaw
        z += 2.2 * shape.wide * bump(grid.X, grid.Y, CX + s * 52, 262, 13, 13)
        z -= 1.7 * shape.wide * bump(grid.X, grid.Y, CX + s * (shape.hw + 7.0), 277, 3.6, 12, s * -0.30)
        z -= 1.6 * (shape.jaw / 22 + 0.7 * shape.round) * bump(grid.X, grid.Y, CX + s * 56, 284, 12, 20)
    if lids is not None:
        z = z + lids

    albedo = head.albedo(Xr, Yr)
    spots = np.zeros_like(z)
    for x, y, r, a in head.freckles(grid):
        spots = np.maximum(spots, a * np.exp(-0.5 * ((Xr - x) ** 2 + (Yr - y) ** 2) / (r * r)))
    albedo = mix(albedo, lin(176, 112, 82), 0.30 * spots)
    albedo, gloss, lip_occ = paint_lips(lips, grid, albedo)

    solid = np.where(mask > 0, z, 0)
    ao = shade.occlusion(grid, solid, mask=(mask > 0.5).astype(np.float32))
    # towards the silhouette the surface drops away; that is not a hollow
    ao = (1 - (1 - ao) * (0.45 + 0.55 * smooth(0.60, 0.97, grid.blur(mask, 5.0)))) * lip_occ
    cast = shade.cast_shadow(grid, solid)
    cast = grid.blur(cast, 1.2) * 0.85
    if shadow is not None:
        cast = 1 - (1 - cast) * (1 - shadow)
    # skin shines on forehead, nose and cheekbones, hardly on the jaw
    shine = 0.70 + 1.1 * bump(Xr, Yr, CX, 236, 7, 16) + 0.30 * bump(Xr, Yr, CX, 150, 40, 20)
    for s in (-1, 1):
        shine = shine + 0.8 * bump(Xr, Yr, CX + s * 54, 229, 15, 8, s * -0.45)
    rgb = shade.skin(grid, z, albedo, cast, ao, gloss * shine, rim=0.15 + 0.6 * smooth(228, 190, Yr))

    dark = head.nostrils(Xr, Yr)
    rgb = mix(rgb, lin(62, 24, 20), np.clip(1.05 * dark, 0, 0.92))
    if shape.gap > 0:
        rgb = mix(rgb, interior(lips, grid), lips.hole)
    return layer(rgb, mask), mask, z
