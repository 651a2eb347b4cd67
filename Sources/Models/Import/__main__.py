"""Turns MuseTalk's weights into a model directory: what `visavis models import` runs.

Progress and the outcome are lines of JSON on standard output. Nothing is left behind where anything goes wrong.
"""

import argparse
import logging
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from layout import find_layout
from problem import ImportProblem
from progress import Progress, say


def parse_arguments() -> argparse.Namespace:
    """The command line; people use `visavis models import`."""
    parser = argparse.ArgumentParser(description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--from", dest="source", type=Path, help="MuseTalk's folder of weights")
    source.add_argument("--random-weights", choices=["full", "mini"], help="weights of no meaning, in this size")
    parser.add_argument("--to", dest="target", type=Path, required=True, help="the model directory to make")
    parser.add_argument("--model-version", choices=["1.5", "1.0"], help="where the folder holds both")
    parser.add_argument("--precision", choices=["fp32", "fp16"], default="fp32")
    return parser.parse_args()


def convert(arguments: argparse.Namespace, folder: Path) -> None:
    """Writes the model's files into the empty `folder`."""
    progress = Progress(stages=9 if arguments.precision == "fp16" else 8)
    # Whether the files are there needs no PyTorch, which takes seconds to load.
    layout = find_layout(arguments.source, arguments.model_version) if arguments.source else None
    progress.begin("Loading PyTorch")
    import encoder
    import face
    import speech
    import speech_step
    from checkpoint import fingerprint
    from fused import freeze_time, fuse
    from graph import write_graph
    from manifest import write_manifest
    from networks import load_networks
    from random_weights import random_networks

    if layout:
        progress.begin("Reading weights")
        version = layout.version
        networks = load_networks(layout)
    else:
        progress.begin("Making random weights")
        version = arguments.model_version or "1.5"
        networks = random_networks(arguments.random_weights)
    identity = fingerprint(networks.unet, networks.vae)
    fuse(networks.unet, networks.vae)
    freeze_time(networks.unet)
    graphs = {
        "speech": speech.plan(networks.whisper),
        "speech_step": speech_step.plan(networks.whisper),
        "speech_silence": speech_step.silence_plan(networks.whisper),
        "encoder": encoder.plan(networks.vae),
        "face": face.plan(networks.unet, networks.vae),
    }
    names = list(graphs)
    del networks
    for name in names:
        progress.begin(f"Writing {name}.onnx")
        # Each network is let go when its last graph is written.
        write_graph(graphs.pop(name), folder / f"{name}.onnx")
    if arguments.precision == "fp16":
        progress.begin("Fusing face.onnx for GPUs")
        from half import convert_to_half

        convert_to_half(folder / "face.onnx")
    progress.begin("Summing up")
    write_manifest(folder, names, version, arguments.precision, identity)


def main() -> int:
    """Writes beside the target, and renames at the end."""
    arguments = parse_arguments()
    # To be told to stop is a reason to clean up.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    logging.disable(logging.WARNING)
    # Standard output and error belong to this program's own lines.
    os.environ["TQDM_DISABLE"] = "1"
    target: Path = arguments.target
    try:
        if target.exists():
            raise ImportProblem("exists", f"{target} exists already; remove it, or import to another folder.")
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            convert(arguments, beside)
            beside.chmod(0o755)
            for file in beside.iterdir():
                file.chmod(0o644)
            os.rename(beside, target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except ImportProblem as problem:
        say(event="problem", kind=problem.kind, message=str(problem))
        return 1
    say(event="done", folder=str(target))
    return 0


if __name__ == "__main__":
    sys.exit(main())
