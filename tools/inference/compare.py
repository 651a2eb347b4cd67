"""Times a graph through `Inference` and through ONNX Runtime's own Python binding, in turns, in one run.

Usage: .venv/bin/python tools/inference/compare.py GRAPH [--threads N] [--rounds N] [--axis NAME=LENGTH ...]
"""

import argparse
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime

PROJECT = Path(__file__).resolve().parents[2]
TYPES = {
    "tensor(float)": np.float32,
    "tensor(uint8)": np.uint8,
    "tensor(bool)": np.bool_,
    "tensor(int32)": np.int32,
    "tensor(int64)": np.int64,
}


def numbers(shape: list[int], kind: np.dtype) -> np.ndarray:
    """What `inference-bench` gives its graphs: zeros for integers, noise for floating point."""
    if kind is not np.float32:
        return np.zeros(shape, kind)
    index = np.arange(int(np.prod(shape)), dtype=np.uint32)
    return ((index * np.uint32(2654435761) >> 24).astype(np.float32) / 128 - 1).reshape(shape)


def python_binding(arguments: argparse.Namespace, lengths: dict[str, int]) -> Callable[[int], float]:
    """A function that runs the graph as often as it is told, everything bound before; answers seconds."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = arguments.threads
    session = onnxruntime.InferenceSession(arguments.graph, options, providers=["CPUExecutionProvider"])
    binding = session.io_binding()
    kept = []  # The binding has only the addresses.
    for port, bind in [(p, binding.bind_input) for p in session.get_inputs()] + [
        (p, binding.bind_output) for p in session.get_outputs()
    ]:
        shape = [axis if isinstance(axis, int) else lengths.get(axis, 1) for axis in port.shape]
        array = numbers(shape, TYPES[port.type])
        kept.append(array)
        bind(port.name, "cpu", 0, TYPES[port.type], array.shape, array.ctypes.data)

    def run(count: int) -> float:
        start = time.perf_counter()
        for _ in range(count):
            session.run_with_iobinding(binding)
        return time.perf_counter() - start

    run.kept = kept
    return run


def swift_binding(arguments: argparse.Namespace) -> Callable[[int], float]:
    """The same, by a process that waits for numbers on its standard input."""
    program = PROJECT / ".build/release/inference-bench"
    process = subprocess.Popen(
        [program, arguments.graph, "cpu", str(arguments.threads), *arguments.axis],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def run(count: int) -> float:
        process.stdin.write(f"{count}\n")
        process.stdin.flush()
        return int(process.stdout.readline()) / 1e9

    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("graph")
    parser.add_argument("--threads", type=int, default=2, help="that share one operation")
    parser.add_argument("--rounds", type=int, default=30, help="turns of each")
    parser.add_argument("--seconds", type=float, default=0.25, help="length of a turn, about")
    parser.add_argument("--axis", action="append", default=[], metavar="NAME=LENGTH", help="1 where none is given")
    arguments = parser.parse_args()
    lengths = {name: int(length) for name, length in (axis.split("=") for axis in arguments.axis)}

    runs = {"python": python_binding(arguments, lengths), "swift": swift_binding(arguments)}
    for run in runs.values():
        run(3)
    count = max(1, round(arguments.seconds / (runs["python"](3) / 3)))
    times: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(arguments.rounds):
        for name in sorted(runs, reverse=turn % 2 == 1):  # Who goes first changes: the clock of a machine wanders.
            times[name].append(runs[name](count) / count * 1e3)

    ratios = sorted(swift / python for swift, python in zip(times["swift"], times["python"]))
    for name, values in times.items():
        median, best = statistics.median(values), min(values)
        print(f"{name:7} median {median:9.3f} ms   best {best:9.3f} ms   ({count} runs a turn)")
    low, high = ratios[len(ratios) // 4], ratios[-1 - len(ratios) // 4]
    print(f"swift / python, turn by turn: median {statistics.median(ratios):.3f}, middle half {low:.3f} to {high:.3f}")


if __name__ == "__main__":
    main()
