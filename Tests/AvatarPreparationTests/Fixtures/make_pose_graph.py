"""Makes `pose.onnx` beside it: a graph with DWPose's ports that always sees the same points.

    python Tests/AvatarPreparationTests/Fixtures/make_pose_graph.py

Point i lies at column 40 + i and row 60 + 2i of the input. The file is committed: a test run needs no Python.
"""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).resolve().parent
POINTS = 133
WIDTH, HEIGHT = 288, 384
PLACES = 2


def peaks(name: str, first: int, step: int, length: int) -> tuple[list, list]:
    """A node that gives a one-hot row for each point, and what it needs."""
    places = np.arange(POINTS, dtype=np.int64)[None] * step * PLACES + first * PLACES
    constants = {
        f"{name}_places": places,
        f"{name}_length": np.array(length * PLACES, dtype=np.int64),
        f"{name}_values": np.array([0, 1], dtype=np.float32),
    }
    node = helper.make_node("OneHot", list(constants), [name])
    return [node], [numpy_helper.from_array(value, key) for key, value in constants.items()]


def main() -> None:
    nodes_x, constants_x = peaks("simcc_x", 40, 1, WIDTH)
    nodes_y, constants_y = peaks("simcc_y", 60, 2, HEIGHT)
    graph = helper.make_graph(
        nodes_x + nodes_y,
        "pose",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["batch", 3, HEIGHT, WIDTH])],
        [
            helper.make_tensor_value_info("simcc_x", TensorProto.FLOAT, ["batch", POINTS, WIDTH * PLACES]),
            helper.make_tensor_value_info("simcc_y", TensorProto.FLOAT, ["batch", POINTS, HEIGHT * PLACES]),
        ],
        constants_x + constants_y,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, HERE / "pose.onnx")


if __name__ == "__main__":
    main()
