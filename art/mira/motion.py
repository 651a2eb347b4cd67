"""What she does during the ten seconds of the loop, as functions of the frame number.

Everything slow is a sum of harmonics of the loop, so that the end meets the beginning in value and in every derivative;
blinks and gaze shifts are events that start and end inside the loop.
"""

import numpy as np

FRAMES = 250
FPS = 25
PIVOT = np.array([256.0, 392.0])          # the head turns about the top of the spine
MOUTH = np.array([256.0, 283.0])

BLINKS = (31, 118, 197)                    # first frame of each blink
BLINK_CURVE = (1.0, 0.62, 0.14, 0.0, 0.10, 0.42, 0.74, 0.92, 1.0)
# (frame, x, y): the eyes jump to a place and stay there
GAZE = ((0, 0.0, 0.0), (32, 0.55, -0.15), (74, -0.35, 0.25), (119, 0.15, 0.0), (152, -0.75, 0.1), (170, 0.1, -0.1), (198, 0.45, 0.3), (231, 0.0, 0.0))


def wave(k, *terms):
    """Sum of (harmonic, amplitude, phase in turns)."""
    w = 2 * np.pi * k / FRAMES
    return sum(a * np.sin(h * w + 2 * np.pi * p) for h, a, p in terms)


def openness(k):
    o = 0.95 + wave(k, (1, 0.012, 0.2), (3, 0.012, 0.6))
    for b in BLINKS:
        if 0 <= k - b < len(BLINK_CURVE):
            o = o * BLINK_CURVE[k - b]
    return float(o)


def gaze(k):
    # a saccade takes about two frames
    x, y = GAZE[0][1:]
    for (f, gx, gy) in GAZE[1:]:
        step = float(np.clip((k - f + 1) / 2.0, 0, 1))
        x, y = x + (gx - x) * step, y + (gy - y) * step
    # the eyes hold their target while the head drifts: they turn against it
    return x - 10.0 * yaw(k), y - 8.0 * pitch(k)


def roll(k):
    # she holds her head a little tilted, which looks friendlier than a plumb line
    return np.radians(1.1 + wave(k, (1, 0.58, 0.05), (2, 0.30, 0.31), (3, 0.12, 0.77)))


def yaw(k):
    return np.radians(wave(k, (1, 1.05, 0.42), (2, 0.55, 0.12), (4, 0.12, 0.5)))


def pitch(k):
    return np.radians(wave(k, (1, 0.45, 0.66), (2, 0.50, 0.92), (3, 0.22, 0.2)))


def breath(k):
    """-1 ... 1, twice in the loop; out takes longer than in."""
    p = 2 * np.pi * 2 * k / FRAMES
    return float(np.sin(p - 0.6 - 0.28 * np.sin(p)))


def brow(k):
    """Brows: up by so many design units."""
    lift = wave(k, (1, 0.30, 0.8), (2, 0.22, 0.4), (5, 0.08, 0.1))
    for f, a in ((150, 0.9), (66, 0.5)):
        lift += a * np.exp(-0.5 * ((k - f) / 7.0) ** 2)
    for b in BLINKS:
        lift -= 0.35 * np.exp(-0.5 * ((k - b - 3) / 2.2) ** 2)
    return float(lift)


def similarity(k):
    """The rigid motion of face and mouth: where the middle of the mouth lands, scale, rotation."""
    r = roll(k)
    c, s = np.cos(r), np.sin(r)
    R = np.array([[c, -s], [s, c]])
    p = PIVOT + R @ (MOUTH - PIVOT)
    # turning moves the mouth, which stands before the axis, sideways and up or down
    p = p + np.array([118 * np.sin(yaw(k)), 96 * np.sin(pitch(k))])
    p = p + np.array([wave(k, (1, 0.7, 0.3), (2, 0.25, 0.1)), -0.75 * breath(k)])
    scale = 1.0 + wave(k, (1, 0.0035, 0.12), (2, 0.0016, 0.6))
    return float(p[0]), float(p[1]), float(scale), float(r)
