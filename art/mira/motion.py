"""What she does during a loop, as functions of the frame number: one class for each pose.

Everything slow is a sum of harmonics of the loop, so that the end meets the beginning in value and in every derivative;
blinks and gaze shifts are events that start and end inside the loop.
"""

import numpy as np

FPS = 25
PIVOT = np.array([256.0, 392.0])          # the head turns about the top of the spine
MOUTH = np.array([256.0, 283.0])

BLINK_CURVE = (1.0, 0.62, 0.14, 0.0, 0.10, 0.42, 0.74, 0.92, 1.0)
NOD_CURVE = np.sin(np.linspace(0, np.pi, 15)) ** 2


class Idle:
    """Nobody speaks: she looks around a little."""

    frames = 250
    breaths = 2
    blinks = (31, 118, 197)                # first frame of each blink
    # (frame, x, y): the eyes jump to a place and stay there
    looks = ((0, 0.0, 0.0), (32, 0.55, -0.15), (74, -0.35, 0.25), (119, 0.15, 0.0), (152, -0.75, 0.1), (170, 0.1, -0.1), (198, 0.45, 0.3), (231, 0.0, 0.0))
    lifts = ((150, 0.9), (66, 0.5))        # (frame, height): the brows go up for a moment

    def wave(self, k, *terms):
        """Sum of (harmonic, amplitude, phase in turns)."""
        w = 2 * np.pi * k / self.frames
        return sum(a * np.sin(h * w + 2 * np.pi * p) for h, a, p in terms)

    def openness(self, k):
        o = 0.95 + self.wave(k, (1, 0.012, 0.2), (3, 0.012, 0.6))
        for b in self.blinks:
            if 0 <= k - b < len(BLINK_CURVE):
                o = o * BLINK_CURVE[k - b]
        return float(o)

    def gaze(self, k):
        # a saccade takes about two frames
        x, y = self.looks[0][1:]
        for (f, gx, gy) in self.looks[1:]:
            step = float(np.clip((k - f + 1) / 2.0, 0, 1))
            x, y = x + (gx - x) * step, y + (gy - y) * step
        # the eyes hold their target while the head drifts: they turn against it
        return x - 10.0 * self.yaw(k), y - 8.0 * self.pitch(k)

    def roll(self, k):
        # she holds her head a little tilted, which looks friendlier than a plumb line
        return np.radians(1.1 + self.wave(k, (1, 0.58, 0.05), (2, 0.30, 0.31), (3, 0.12, 0.77)))

    def yaw(self, k):
        return np.radians(self.wave(k, (1, 1.05, 0.42), (2, 0.55, 0.12), (4, 0.12, 0.5)))

    def pitch(self, k):
        return np.radians(self.wave(k, (1, 0.45, 0.66), (2, 0.50, 0.92), (3, 0.22, 0.2)))

    def breath(self, k):
        """-1 ... 1; out takes longer than in."""
        p = 2 * np.pi * self.breaths * k / self.frames
        return float(np.sin(p - 0.6 - 0.28 * np.sin(p)))

    def brow(self, k):
        """Brows: up by so many design units."""
        lift = self.wave(k, (1, 0.30, 0.8), (2, 0.22, 0.4), (5, 0.08, 0.1))
        for f, a in self.lifts:
            lift += a * np.exp(-0.5 * ((k - f) / 7.0) ** 2)
        for b in self.blinks:
            lift -= 0.35 * np.exp(-0.5 * ((k - b - 3) / 2.2) ** 2)
        return float(lift)

    def similarity(self, k):
        """The rigid motion of face and mouth: where the middle of the mouth lands, scale, rotation."""
        r = self.roll(k)
        c, s = np.cos(r), np.sin(r)
        R = np.array([[c, -s], [s, c]])
        p = PIVOT + R @ (MOUTH - PIVOT)
        # turning moves the mouth, which stands before the axis, sideways and up or down
        p = p + np.array([118 * np.sin(self.yaw(k)), 96 * np.sin(self.pitch(k))])
        p = p + np.array([self.wave(k, (1, 0.7, 0.3), (2, 0.25, 0.1)), -0.75 * self.breath(k)])
        scale = 1.0 + self.wave(k, (1, 0.0035, 0.12), (2, 0.0016, 0.6))
        return float(p[0]), float(p[1]), float(scale), float(r)


class Listening(Idle):
    """Somebody speaks to her: she looks at them, tilts her head and nods now and then."""

    frames = 150
    breaths = 1
    blinks = (52, 121)
    looks = ((0, 0.0, 0.0),)
    lifts = ((30, 0.7), (98, 0.5))
    nods = ((22, 1.5), (36, 0.9), (92, 1.2))     # (first frame, degrees)

    def roll(self, k):
        return np.radians(1.9 + self.wave(k, (1, 0.45, 0.05), (2, 0.18, 0.31)))

    def yaw(self, k):
        return np.radians(self.wave(k, (1, 0.40, 0.42), (2, 0.22, 0.12)))

    def pitch(self, k):
        down = self.wave(k, (1, 0.22, 0.66), (2, 0.12, 0.92))
        for f, depth in self.nods:
            if 0 <= k - f < len(NOD_CURVE):
                down += depth * NOD_CURVE[k - f]
        return np.radians(down)


class Thinking(Idle):
    """She has been asked something: her eyes go aside and up, her brows a little up, her head turns with them."""

    frames = 150
    breaths = 1
    blinks = (40, 108)
    looks = ((0, -5.0, -2.8), (42, -3.6, -3.6), (76, -5.6, -2.2), (109, -4.6, -3.2), (147, -5.0, -2.8))
    lifts = ((0, 0.5), (60, 0.9), (105, 0.6), (150, 0.5))

    def roll(self, k):
        return np.radians(0.5 + self.wave(k, (1, 0.55, 0.15), (2, 0.2, 0.6)))

    def yaw(self, k):
        return np.radians(-1.1 + self.wave(k, (1, 0.5, 0.3), (2, 0.25, 0.7)))

    def pitch(self, k):
        return np.radians(-0.7 + self.wave(k, (1, 0.35, 0.1), (2, 0.2, 0.4)))


# By the names that avatar.json gives them.
POSES = {"listening": Listening(), "thinking": Thinking()}
