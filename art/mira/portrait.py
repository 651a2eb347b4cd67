"""The layers of the portrait in the head's canonical pose, from back to front."""

import numpy as np

from . import body, clothes, ear, eyes, face, hair
from .canvas import layer, over, smooth
from .eyes import Eye


def hair_shadow(grid, front):
    """What the hair throws on face and neck: its coverage, moved away from the light and softened."""
    a = front[..., 3]
    dx, dy = int(round(4.5 * grid.k)), int(round(5.0 * grid.k))
    moved = np.zeros_like(a)
    moved[dy:, dx:] = a[:-dy, :-dx]
    return np.clip(0.66 * grid.blur(moved, 3.2) + 0.85 * grid.blur(a, 5.0) * (1 - a), 0, 1)


def jaw_shadow(grid, face_mask):
    """What the head throws on the neck: contact shade under the jaw, and a long soft shadow away from the light."""
    a = face_mask

    def moved(dx, dy):
        dx, dy = int(round(dx * grid.k)), int(round(dy * grid.k))
        m = np.zeros_like(a)
        m[dy:, dx:] = a[:-dy, :-dx]
        return m

    long = grid.blur(moved(7, 30), 8.0)
    near = grid.blur(moved(2, 9), 5.0)
    return np.clip(1 - (1 - 0.74 * long) * (1 - 0.80 * near) * (1 - 0.25 * grid.blur(a, 12)), 0, 1)


def face_layer(grid, shadow, shape=None, open_=(1.0, 1.0), gaze=(0.0, 0.0), brow=None, with_eyes=True):
    """Face with lids, eyes and brows. Mouth cells lie below the eyes and leave them out."""
    if not with_eyes:
        lay, mask, _ = face.render(grid, shape, shadow)
        return lay, mask
    pair = (Eye(-1, open_[0], gaze), Eye(1, open_[1], gaze))
    relief = pair[0].relief(grid) + pair[1].relief(grid)
    lay, mask, z = face.render(grid, shape, shadow, relief)
    rgb = lay[..., :3] / np.maximum(lay[..., 3:], 1e-3)
    rgb = eyes.paint(grid, rgb, pair)
    if brow is None:
        brow = eyes.brows(grid)
    rgb = brow[..., :3] + rgb * (1 - brow[..., 3:])
    return layer(rgb, mask), mask


class Portrait:
    """All layers on one grid. Hair is drawn once; the face can be drawn again with another mouth or other eyes."""

    def __init__(self, grid):
        self.grid = grid
        self.background = body.background(grid)
        self.hair_back = hair.back(grid)
        front = hair.front(grid)
        side = ear.render(grid, hair_shadow(grid, front) * smooth(196, 184, grid.Y))
        self.shadow = hair_shadow(grid, front)
        self.brow = eyes.brows(grid)
        self.face, self.mask = face_layer(grid, self.shadow, brow=self.brow)
        # the ear stands before the tucked hair but behind the cheek
        self.hair_front = over(side * (1 - self.mask)[..., None], front)
        self.body = self.body_for(self.mask)

    def body_for(self, face_mask):
        g = self.grid
        c = clothes.render(g, np.clip(self.shadow * 0.7, 0, 1))
        n = self._neck(g, face_mask, self.shadow)
        # the collar comes out from behind the neck
        behind = smooth(0.5, -0.5, np.abs(g.X - 256) - 49.3) * smooth(397, 390, g.Y)
        c = c * (1 - behind)[..., None]
        self.clothes = c
        return c + n * (1 - c[..., 3:])

    def body_near(self, face_mask, grid, box):
        """Neck and clothes in a window, with the jaw's shadow for this face mask (which covers the whole grid)."""
        n, c = self._neck(grid, face_mask[box], self.shadow[box]), self.clothes[box]
        return c + n * (1 - c[..., 3:])

    @staticmethod
    def _neck(g, face_mask, hs):
        sh = jaw_shadow(g, face_mask)
        return body.neck(g, np.clip(1 - (1 - sh) * (1 - hs * 0.8), 0, 1))

    def flat(self):
        out = over(self.hair_back, self.background)
        out = over(self.body, out)
        out = over(self.face, out)
        return over(self.hair_front, out)
