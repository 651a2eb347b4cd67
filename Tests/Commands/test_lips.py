"""Lips without the library that runs the network."""

import os
import subprocess

from serving import BINARY


def render(folder, **environment):
    film = folder / "film.mp4"
    done = subprocess.run(
        [BINARY, "render", "--text", "My mama bought a blue boat.", "--out", film], capture_output=True, text=True,
        env=os.environ | environment, timeout=120)
    assert done.returncode == 0, done.stderr
    return film, done.stderr


def test_lips_move_without_onnx_runtime_and_the_user_is_told(tmp_path):
    film, said = render(tmp_path, VISAVIS_ONNXRUNTIME="/nowhere")
    assert film.stat().st_size > 10_000
    assert "signal processing takes over" in said and "/nowhere" in said


def test_nothing_is_complained_of_with_it(tmp_path):
    _, said = render(tmp_path)
    assert "warning" not in said
