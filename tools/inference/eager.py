"""Times a MuseTalk frame in PyTorch as its own code runs it, with the random weights that `models import` makes.

Usage, with the Python of the import's environment: python tools/inference/eager.py [--size full|mini] [--threads N]
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

import torch

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "Sources" / "Models" / "Import"))

from random_weights import random_networks  # noqa: E402


@torch.no_grad()
def seconds_a_frame(networks, rounds: int) -> list[float]:
    """UNet, scaling, decoder, clamping and rounding of one frame, after one that does not count."""
    latents, conditioning = torch.randn(1, 8, 32, 32), torch.randn(1, 50, 384)
    timestep, scaling = torch.tensor([0]), networks.vae.config.scaling_factor
    found = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        predicted = networks.unet(latents, timestep, encoder_hidden_states=conditioning).sample
        image = networks.vae.decode(predicted / scaling).sample
        ((image / 2 + 0.5).clamp(0, 1) * 255).round().to(torch.uint8).numpy()
        found.append(time.perf_counter() - start)
    return found[1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", choices=("full", "mini"), default="full")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    found = seconds_a_frame(random_networks(arguments.size), arguments.rounds)
    print(f"PyTorch {torch.__version__}: median {statistics.median(found):.3f} s, best {min(found):.3f} s a frame")


if __name__ == "__main__":
    main()
