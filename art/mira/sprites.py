"""The atlas of lower-face sprites over the four mouth axes."""

import numpy as np

from . import shade
from .canvas import Grid, curve, over, smooth, to_srgb8
from .portrait import face_layer
from .shape import CX, CY, Shape

# Fine enough that a cross-fade between neighbours shows no double lips: about four units of motion a step at most
APERTURE = [-1.0, -0.5, 0.0, 0.06, 0.13, 0.21, 0.30, 0.40, 0.51, 0.63, 0.75, 0.87, 1.0]
SPREAD = [-1.0, -0.7, -0.35, 0.0, 0.5, 1.0]
TEETH = [0.0, 1.0]
TONGUE = [0.0, 1.0]

# the cell, in design units, and the margin drawn around it so that blurs and shadows see their surroundings
# (multiples of 4, so that the cell lies on the pixel lattice at 512 and at 640)
CELL_W, CELL_H = 200, 184
CELL_X, CELL_Y = CX - 100, CY - 63
MARGIN = 40


def grid_points():
    """(indices of the four axes) in row-major order, last axis fastest, with the key of the sprite that serves it."""
    for a in APERTURE:
        for s in SPREAD:
            for te in TEETH:
                for to in TONGUE:
                    key_te = te if 0.0 < a < 0.5 else 0.0
                    key_to = to if a > 0.1 else 0.0
                    yield (a, s, key_te, key_to)


# half width of what can change: cheeks, the dropped jaw, then the neck with the jaw's shadow
REACH = curve([(221, 82), (262, 77), (281, 70.5), (296, 61), (312, 52.5), (324, 49.5), (403, 49.5)])


def alpha_mask(grid):
    """1 wherever a mouth shape may differ from rest, then a soft way down to 0 inside the cell. Hair beside the jaw stays out."""
    X, Y = np.abs(grid.X - CX), grid.Y
    sides = smooth(0, -9, X - REACH(Y) - 11)
    reach = np.where(Y < 300, 74.0, 100.0)
    r = (X / 90) ** 2.6 + (np.abs(Y - 300) / reach) ** 2.6
    return sides * smooth(1.0, 0.66, r)


class Painter:
    """Draws the lower face over the unmoving layers of an already drawn portrait."""

    def __init__(self, portrait):
        self.p = portrait
        k = portrait.grid.k
        self.k = k
        x0, y0 = CELL_X - MARGIN, CELL_Y - MARGIN
        self.grid = Grid(x0, y0, CELL_W + 2 * MARGIN, CELL_H + 2 * MARGIN, k)
        i, j = round(y0 * k), round(x0 * k)
        self.box = (slice(i, i + self.grid.ny), slice(j, j + self.grid.nx))

    def flat(self, shape):
        """The whole portrait around the mouth, linear, at drawing density."""
        p, box = self.p, self.box
        lay, mask = face_layer(self.grid, p.shadow[box], shape, with_eyes=False)
        whole = p.mask.copy()
        whole[box] = mask
        body = p.body_near(whole, self.grid, box)
        out = over(p.hair_back[box], p.background[box])
        out = over(body, out)
        out = over(lay, out)
        return shade.tone(over(p.hair_front[box], out))

    def cell(self, shape, density):
        m = round(MARGIN * self.k)
        c = self.flat(shape)[m:-m, m:-m]
        return to_srgb8(self.grid.down(c, density))


def build(portrait, size, density, columns=12):
    """Atlas image (RGBA uint8), cell size and table."""
    painter = Painter(portrait)
    f = size / 512
    cw, ch = round(CELL_W * f), round(CELL_H * f)
    out = Grid(CELL_X, CELL_Y, CELL_W, CELL_H, f)
    alpha = (alpha_mask(out) * 255 + 0.5).astype(np.uint8)
    index, tiles, table = {}, [], []
    for key in grid_points():
        if key not in index:
            index[key] = len(tiles)
            rgb = painter.cell(Shape(*key), density)
            tile = np.dstack([rgb, alpha])
            tile[alpha == 0] = 0
            tiles.append(tile)
        table.append(index[key])
    rows = -(-len(tiles) // columns)
    atlas = np.zeros((rows * ch, columns * cw, 4), np.uint8)
    for n, tile in enumerate(tiles):
        r, c = divmod(n, columns)
        atlas[r * ch:(r + 1) * ch, c * cw:(c + 1) * cw] = tile
    return atlas, (cw, ch), table
