"""Reads a finished bundle and lays sprites over its clip: what the runtime does, in its plainest form."""

import json
import subprocess

import numpy as np
from PIL import Image
from scipy.ndimage import map_coordinates


class Bundle:
    def __init__(self, folder, frames=None):
        self.d = json.loads((folder / "avatar.json").read_text())
        m = self.d["mouth"]
        self.m = m
        atlas = np.asarray(Image.open(folder / m["atlas"])).astype(np.float32)
        atlas[..., :3] *= atlas[..., 3:] / 255
        self.atlas = atlas
        self.axes = [a["values"] for a in m["axes"]]
        self.cells = np.array(m["cells"]).reshape([len(a) for a in self.axes])
        w, h = self.d["width"], self.d["height"]
        command = ["ffmpeg", "-loglevel", "error", "-i", str(folder / self.d["clip"]), *(["-frames:v", str(frames)] if frames else []),
                   "-sws_flags", "accurate_rnd+full_chroma_int+full_chroma_inp", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
        raw = subprocess.run(command, capture_output=True, check=True).stdout
        self.frames = np.frombuffer(raw, np.uint8).reshape(-1, h, w, 3)

    def sprite(self, point):
        """Multilinear mix of the neighbouring cells, premultiplied."""
        at = []
        for x, values in zip(point, self.axes):
            i = int(np.clip(np.searchsorted(values, x) - 1, 0, len(values) - 2))
            at.append((i, (x - values[i]) / (values[i + 1] - values[i])))
        out = 0
        for corner in range(1 << len(at)):
            weight, index = 1.0, []
            for axis, (i, f) in enumerate(at):
                up = corner >> axis & 1
                weight *= f if up else 1 - f
                index.append(i + up)
            if weight > 0:
                out = out + weight * self.tile(self.cells[tuple(index)])
        return out

    def tile(self, n):
        r, c = divmod(int(n), self.m["columns"])
        w, h = self.m["cell_width"], self.m["cell_height"]
        return self.atlas[r * h:(r + 1) * h, c * w:(c + 1) * w]

    def lay(self, k, point):
        """Frame k with the mouth at `point`, and the sprite's alpha there (0...1)."""
        x, y, scale, rot = self.d["anchors"][k]
        ax, ay = self.m["anchor"]
        h, w = self.frames.shape[1:3]
        Y, X = np.mgrid[0:h, 0:w] + 0.5
        c, s = np.cos(rot) / scale, np.sin(rot) / scale
        u, v = ax + c * (X - x) + s * (Y - y) - 0.5, ay - s * (X - x) + c * (Y - y) - 0.5
        sprite = self.sprite(point)
        laid = np.stack([map_coordinates(sprite[..., q], (v, u), order=1, mode="constant") for q in range(4)], -1)
        out = self.frames[k] * (1 - laid[..., 3:] / 255) + laid[..., :3]
        return np.clip(out, 0, 255), laid[..., 3] / 255
