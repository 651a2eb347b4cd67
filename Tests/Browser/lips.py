"""Open or closed mouth, from the pixels on the screen, for any avatar."""

import base64

import numpy as np


class Lips:
    """Knows the idle clip, and so the places where a speaking person differs from all of its frames."""

    def __init__(self, idle: np.ndarray, speaking: np.ndarray):
        """Takes frames as `frames_of` gives them."""
        self._idle = idle
        difference = np.stack([self._difference(frame) for frame in speaking])
        strength = difference.mean(axis=0)
        # Half a percent of the picture: the middle of the mouth.
        self._mouth = strength >= np.quantile(strength, 0.995)
        self.openness_while_speaking = float(np.median([image[self._mouth].mean() for image in difference]))

    def openness(self, frame: np.ndarray) -> float:
        """How much the mouth differs from the nearest idle frame's, in grey levels; near 0 when it is closed."""
        return float(self._difference(frame)[self._mouth].mean())

    def _difference(self, frame: np.ndarray) -> np.ndarray:
        whole = np.abs(self._idle - frame).mean(axis=(1, 2))
        return np.abs(self._idle[np.argsort(whole)[:8]] - frame).min(axis=0)


def frames_of(seen: list[dict], side: int) -> tuple[np.ndarray, np.ndarray]:
    """Times and pictures of what probes/watch.js has seen."""
    pictures = [np.frombuffer(base64.b64decode(one["pixels"]), np.uint8).reshape(side, side) for one in seen]
    return np.array([one["time"] for one in seen]), np.stack(pictures).astype(np.float32)
