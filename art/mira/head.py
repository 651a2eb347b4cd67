"""The head as a height field: face, nose, sockets, cheeks, chin (no lips, no eyes), and the colour of its skin."""

import numpy as np

from .canvas import bump, curve, lin, mix, smooth

CX = 256.0
EYE_Y = 206.0
EYE_DX = 41.5

# half width of the face's outline, and height of its middle line (nose and lips come on top), by y
OUTLINE = curve([(56, 0), (62, 30), (70, 52), (82, 66), (100, 77.5), (125, 84.8), (150, 88), (180, 89.2), (205, 88.4), (225, 86.2), (245, 81.8),
                 (262, 75.8), (278, 68.4), (292, 59.8), (304, 50.2),
                 (314, 40.6), (321, 32.6), (327, 24.4), (330.6, 17.6), (332.6, 10.6), (333.6, 0)], power=2)
PROFILE = curve([(56, 25), (70, 48), (90, 66), (110, 78), (130, 85.5), (150, 90), (168, 93), (180, 93.6), (194, 91), (210, 90),
                 (235, 92), (255, 95), (268, 97.3), (283, 97), (296, 93.8), (303, 92.2), (309, 93.2), (317, 95.6), (323, 94), (328, 89), (331.5, 80),
                 (333.6, 66)])
ROUND = curve([(56, 0.50), (120, 0.50), (180, 0.50), (230, 0.54), (280, 0.60), (333, 0.62)])

NOSE_H = curve([(178, 0.0), (190, 2.4), (200, 6.0), (212, 10.4), (225, 15.2), (236, 19.6), (242, 21.0),
                (247, 19.8), (251, 16.6), (255, 11.2), (259, 5.6), (263, 1.8), (267, 0)])
NOSE_W = curve([(178, 11), (192, 8.2), (205, 7.6), (218, 8.0), (230, 8.8), (240, 9.8), (250, 10.6), (267, 10)])

SKIN = lin(232, 187, 165)
BLUSH = lin(226, 128, 112)
SHADE = lin(198, 134, 106)


def outline(X, Y):
    """Positive inside the face."""
    return OUTLINE(Y) - np.abs(X - CX)


def height(X, Y):
    """Height of the face in rest coordinates, design units."""
    dx = X - CX
    ax = np.abs(dx)
    w = np.maximum(OUTLINE(Y), 1e-3)
    u = np.clip(ax / w, 0, 1)
    z = PROFILE(Y) * np.maximum(1 - u ** 2.25, 0) ** ROUND(Y)

    # forehead, brow ridge, temples
    z += 1.6 * bump(X, Y, CX - 24, 148, 24, 17) + 1.6 * bump(X, Y, CX + 24, 148, 24, 17)
    for s in (-1, 1):
        ex = CX + s * EYE_DX
        z += 3.8 * bump(X, Y, ex + s * 3, 179, 20, 6.5, s * 0.10)                   # brow ridge
        z -= 8.5 * bump(X, Y, ex - s * 3, 201, 20, 10.5, -s * 0.05)                  # socket
        z -= 5.0 * bump(X, Y, CX + s * 19.5, 200, 6.5, 10)                           # inner corner, beside the bridge
        z += 6.2 * bump(X, Y, ex + s * 1, 207, 17, 11.5)                             # eyeball under the lids
        z += 5.8 * bump(X, Y, CX + s * 55, 235, 20, 13, s * -0.5)                    # cheekbone
        z += 3.0 * bump(X, Y, CX + s * 43, 254, 17, 15)                              # apple of the cheek
        z -= 4.2 * bump(X, Y, CX + s * 60, 272, 15, 20, s * 0.35)
        z -= 3.0 * bump(X, Y, CX + s * 74, 168, 12, 22)                              # temple                     # hollow below it
        z += 2.6 * bump(X, Y, CX + s * 27, 280, 15, 16)                              # muzzle
        z -= 1.9 * bump(X, Y, CX + s * 33.0, 262, 3.4, 12.0, s * -0.62)              # nasolabial fold
        z -= 1.6 * bump(X, Y, CX + s * 39.5, 285, 4.0, 8.0, s * 0.15)                # hollow outside the corner
        z -= 1.1 * bump(X, Y, CX + s * 24, 308, 7, 10, s * 0.5)                      # beside the chin
    z -= 1.2 * bump(X, Y, CX, 301.5, 17, 3.6)                                        # fold under the lip
    z += 2.2 * bump(X, Y, CX, 317, 15, 9)                                            # chin
    # philtrum: a groove between two soft ridges
    phil = bump(X, Y, CX, 267, 50, 5.5)
    z += phil * (0.7 * np.exp(-0.5 * ((ax - 5.2) / 2.1) ** 2) - 0.6 * np.exp(-0.5 * (dx / 2.6) ** 2))

    z += nose(X, Y)
    return z.astype(np.float32)


def nose(X, Y):
    dx = X - CX
    ax = np.abs(dx)
    s = NOSE_W(Y)
    z = NOSE_H(Y) * np.exp(-np.power(ax / (1.38 * s), 2.2))
    z += 4.0 * bump(X, Y, CX, 243.2, 7.4, 6.6)                                       # tip
    z += 1.2 * bump(X, Y, CX, 253.5, 3.4, 3.4)                                       # columella
    for sgn in (-1, 1):
        wx = CX + sgn * 12.8
        a = bump(X, Y, wx, 248.4, 4.1, 4.8, sgn * 0.30)
        z += 7.6 * a * smooth(261.5, 252.0, Y)                                       # wing
        z -= 1.5 * bump(X, Y, CX + sgn * 9.8, 243.0, 2.1, 4.8, sgn * -0.50)          # crease tip / wing
        z -= 1.2 * bump(X, Y, CX + sgn * 18.6, 250, 1.9, 5.6, sgn * -0.30)           # crease wing / cheek
    return z


def nostrils(X, Y):
    """How dark the nostrils make a place, 0...1."""
    d = np.zeros_like(X)
    for s in (-1, 1):
        d = np.maximum(d, bump(X, Y, CX + s * 7.4, 254.6, 3.7, 1.5, s * 0.30) * smooth(258.2, 255.2, Y))
    return d


def albedo(X, Y):
    """Colour of the skin in rest coordinates."""
    c = np.broadcast_to(SKIN, X.shape + (3,)).copy()
    dx = X - CX
    # three broad zones: light forehead, rosy middle, cooler jaw
    c = mix(c, lin(229, 174, 152), 0.5 * bump(X, Y, CX, 242, 90, 26))
    c = mix(c, lin(214, 170, 148), 0.45 * smooth(284, 330, Y))
    for s in (-1, 1):
        ex = CX + s * EYE_DX
        c = mix(c, BLUSH, 0.34 * bump(X, Y, CX + s * 55, 247, 19, 13, s * -0.45))
        c = mix(c, lin(206, 140, 122), 0.42 * bump(X, Y, ex, 198, 21, 7.5))          # upper lids
        c = mix(c, lin(206, 146, 132), 0.40 * bump(X, Y, ex - s * 2, 219, 17, 4.5))  # under the eyes
        c = mix(c, lin(214, 138, 120), 0.40 * bump(X, Y, CX + s * 15, 251, 5, 6))    # wings of the nose
        c = mix(c, lin(200, 128, 114), 0.40 * bump(X, Y, CX + s * 38, 284, 5, 6))    # mouth corners
    c = mix(c, lin(226, 142, 122), 0.38 * bump(X, Y, CX, 244, 9, 8))                 # tip of the nose
    c = mix(c, lin(214, 150, 134), 0.30 * bump(X, Y, CX, 269, 24, 6))
    c = mix(c, lin(226, 156, 138), 0.25 * bump(X, Y, CX, 318, 14, 8))
    # very soft, large mottling, so that cheeks do not look airbrushed; far too coarse to cost bits in a video
    m = (np.sin(X * 0.21 + 1.3 * np.sin(Y * 0.17)) * np.sin(Y * 0.19 + 1.1 * np.sin(X * 0.13 + 2)))
    c *= (1 + 0.010 * m)[..., None]
    return c.astype(np.float32)


def freckles(grid, seed=7, n=40):
    """A few faint freckles over nose and cheeks: (x, y, radius, strength)."""
    rng = np.random.default_rng(seed)
    spots = []
    while len(spots) < n:
        s = rng.choice((-1, 1))
        x = CX + s * abs(rng.normal(30, 15))
        y = rng.normal(236, 7.5)
        if abs(x - CX) > 66 or y < 222 or y > 256:
            continue
        spots.append((x, y, rng.uniform(0.55, 1.05), rng.uniform(0.2, 0.8)))
    return spots
