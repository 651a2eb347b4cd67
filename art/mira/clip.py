"""The clips: the portrait's layers, moved and blended frame by frame."""

import subprocess

import cv2
import numpy as np

from . import motion, shade
from .canvas import Grid, bump, over, smooth, to_srgb8
from .portrait import Portrait, face_layer

# The eyes are drawn again for every new state, in this window (multiples of 4 units stay on the pixel lattice)
EYES = (168, 152, 176, 92)
OVERSAMPLE = 2


class Animator:
    def __init__(self, size=512, density=3):
        self.motion = motion.Idle()
        self.size = size
        self.k = density * size / 512
        self.portrait = Portrait(Grid(0, 0, 512, 512, self.k))
        p = self.portrait
        self.head = over(p.hair_front, p.face)
        x0, y0, w, h = EYES
        self.eye_grid = Grid(x0, y0, w, h, self.k)
        i, j = round(y0 * self.k), round(x0 * self.k)
        self.eye_box = (slice(i, i + self.eye_grid.ny), slice(j, j + self.eye_grid.nx))
        g = self.eye_grid
        edge = np.minimum(np.minimum(g.X - x0, x0 + w - g.X), np.minimum(g.Y - y0, y0 + h - g.Y))
        self.eye_feather = smooth(6, 16, edge)[..., None]
        self.eye_cache = {}
        self.out = Grid(0, 0, 512, 512, OVERSAMPLE * size / 512)
        self.scenery = Grid.down(self.out, self._resample(p.background, self.out.X, self.out.Y), OVERSAMPLE)
        self._static_fields()

    def _static_fields(self):
        X, Y = self.out.X, self.out.Y
        dx = X - 256
        # how far behind the mouth's plane a place lies, for the parallax of a turning head
        r2 = (dx / 122) ** 2 + ((Y - 238) / 200) ** 2
        self.depth = (104 * (1 - np.sqrt(np.clip(1 - r2, 0.0, 1)))).astype(np.float32)
        still = np.maximum(smooth(66, 92, np.abs(dx)), smooth(262, 214, Y))
        self.depth *= still * smooth(430, 330, Y)
        self.nose = (24 * bump(X, Y, 256, 236, 12, 14) * smooth(262, 246, Y)).astype(np.float32)
        self.stiff = smooth(432, 372, Y)                                   # 1: moves with the head, 0: with the chest
        self.chest = smooth(372, 446, Y)
        self.hair_stiff = smooth(470, 300, Y)
        self.brow_field = (bump(X, Y, 256 - 45, 178, 24, 9) + bump(X, Y, 256 + 45, 178, 24, 9)
                           + 0.4 * bump(X, Y, 256, 160, 60, 18)).astype(np.float32)

    def _resample(self, image, X, Y):
        px, py = (X * self.k - 0.5).astype(np.float32), (Y * self.k - 0.5).astype(np.float32)
        return cv2.remap(image, px, py, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)

    def eyes_at(self, k):
        o, (gx, gy) = self.motion.openness(k), self.motion.gaze(k)
        key = (round(o * 60), round(gx * 16), round(gy * 16))
        if key not in self.eye_cache:
            p = self.portrait
            shadow, brow = p.shadow[self.eye_box], p.brow[self.eye_box]
            lay, _ = face_layer(self.eye_grid, shadow, None, (key[0] / 60, key[0] / 60 * 1.0), (key[1] / 16, key[2] / 16), brow)
            self.eye_cache[key] = over(p.hair_front[self.eye_box], lay)
        return self.eye_cache[key]

    def frame(self, k):
        """8-bit sRGB frame k."""
        p, X, Y = self.portrait, self.out.X, self.out.Y
        ax, ay, scale, rot = self.motion.similarity(k)
        c, s = np.cos(rot) / scale, np.sin(rot) / scale
        dx, dy = X - ax, Y - ay
        # backward: from the frame to the canonical pose
        hx = (motion.MOUTH[0] + c * dx + s * dy).astype(np.float32)
        hy = (motion.MOUTH[1] - s * dx + c * dy).astype(np.float32)
        yaw, pitch = np.sin(self.motion.yaw(k)), np.sin(self.motion.pitch(k))
        b = self.motion.breath(k)
        bx = X - (X - 256) / 256 * 0.9 * b * self.chest
        by = Y + 1.9 * b * self.chest
        # fields are given in the canonical pose; the motion is so small that the frame's own coordinates serve
        relief = self.depth - self.nose
        fx = hx + yaw * relief
        fy = hy + pitch * 0.8 * relief + self.motion.brow(k) * self.brow_field
        head_x = bx + (fx - bx) * self.hair_stiff
        head_y = by + (fy - by) * self.hair_stiff
        body_x = bx + (hx - bx) * self.stiff
        body_y = by + (hy - by) * self.stiff
        back_x = bx + (hx + yaw * 120 - bx) * self.hair_stiff * 0.9
        back_y = by + (hy + pitch * 80 - by) * self.hair_stiff * 0.9

        image = self.head.copy()
        box = self.eye_box
        image[box] += (self.eyes_at(k) - image[box]) * self.eye_feather
        out = self._resample(p.hair_back, back_x, back_y)
        out = over(self._resample(p.body, body_x, body_y), out)
        out = over(self._resample(image, head_x, head_y), out)
        rgba = self.out.down(out, OVERSAMPLE)
        return to_srgb8(shade.tone(over(rgba, self.scenery)))


def to_yuv420(rgb):
    """BT.709 limited-range planes of an sRGB frame. Done here, because swscale rounds with a bias of one level."""
    c = rgb.astype(np.float32)
    y = 0.2126 * c[..., 0] + 0.7152 * c[..., 1] + 0.0722 * c[..., 2]
    u, v = (c[..., 2] - y) / 1.8556, (c[..., 0] - y) / 1.5748

    def quarter(p):
        # chroma sites lie on even columns, between rows ("left"): filter 1-2-1 across, average down
        e = np.pad(p, ((0, 0), (1, 0)), mode="edge")
        across = 0.25 * e[:, 0:-1:2] + 0.5 * e[:, 1::2] + 0.25 * np.pad(p, ((0, 0), (0, 1)), mode="edge")[:, 1::2]
        return 0.5 * (across[0::2] + across[1::2])

    planes = (16 + y * 219 / 255, 128 + quarter(u) * 224 / 255, 128 + quarter(v) * 224 / 255)
    return b"".join(np.clip(p + 0.5, 0, 255).astype(np.uint8).tobytes() for p in planes)


def encode(frames, size, path, fps=motion.FPS, crf=13):
    tags = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
    cmd = ["ffmpeg", "-y", "-loglevel", "error",
           "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{size}x{size}", "-r", str(fps), *tags, "-i", "-",
           "-c:v", "libx264", "-preset", "slow", "-crf", str(crf), "-profile:v", "high", "-threads", "2",
           # the same quality for the first and the last frame, so that the loop has no seam
           "-x264-params", "mbtree=0:ipratio=1.05:pbratio=1.05:aq-mode=3:psy=0", *tags, "-movflags", "+faststart", "-an", str(path)]
    p = subprocess.Popen(cmd, stdin=subprocess.PIPE)
    for f in frames:
        p.stdin.write(to_yuv420(f))
    p.stdin.close()
    if p.wait() != 0:
        raise RuntimeError("ffmpeg failed")
