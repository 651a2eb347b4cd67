"""The network as it is shipped: an ONNX file, run after run as the product runs it."""

import numpy as np
import onnxruntime

from . import network


class Shipped:
    def __init__(self, path):
        self._session = onnxruntime.InferenceSession(str(path))

    def read(self, spectra: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The parts of the mouth [steps, parts] and the weights of the visemes [steps, 15] in all of an utterance's spectra."""
        steps = len(spectra) // 2
        heard = network.heard_in_runs(spectra, -(-steps // 2))
        memory = np.zeros((1, self._session.get_inputs()[1].shape[1]), np.float32)
        parts, visemes = [], []
        for start in range(0, len(heard) - network.CONTEXT, 4):
            part, viseme, memory = self._session.run(
                None, {"spectra": heard[None, start : start + network.CONTEXT + 4], "memory": memory})
            parts.append(part[0])
            visemes.append(viseme[0])
        return np.concatenate(parts)[:steps], np.concatenate(visemes)[:steps]
