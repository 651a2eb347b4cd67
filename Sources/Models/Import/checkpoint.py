"""Weights from files, without running anything that a file asks for, and into a network only if they fit."""

import hashlib
import json
import pickle
from pathlib import Path

import torch
from problem import ImportProblem
from safetensors import SafetensorError
from safetensors.torch import load_file

Weights = dict[str, torch.Tensor]

# How many of the keys that do not fit a message names.
NAMED = 3


def read_config(path: Path) -> dict:
    """The JSON object that describes a network."""
    try:
        config = json.loads(path.read_text())
    except ValueError as error:
        raise ImportProblem("damaged", f"{path} is no JSON: {error}.") from error
    if not isinstance(config, dict):
        raise ImportProblem("damaged", f"{path} holds a {type(config).__name__}; expected a JSON object.")
    return config


def read_weights(path: Path) -> Weights:
    """The tensors of a `.safetensors`, `.pth` or `.bin` file, mapped into memory where the format allows."""
    try:
        weights = load_file(path) if path.suffix == ".safetensors" else _read_pickle(path)
    except pickle.UnpicklingError as error:
        raise ImportProblem(
            "refused",
            f"{path} is no plain checkpoint: it is damaged or asks to run code, which is refused. "
            f"Get the original file again, or a .safetensors. ({_first_line(error)})",
        ) from error
    except (SafetensorError, RuntimeError, EOFError, OSError, ValueError, KeyError) as error:
        size = path.stat().st_size
        raise ImportProblem(
            "damaged",
            f"{path} ({size} bytes) is damaged or cut short: {_first_line(error)}. Download it again.",
        ) from error
    if not isinstance(weights, dict) or not all(isinstance(value, torch.Tensor) for value in weights.values()):
        raise ImportProblem("architecture", f"{path} holds no table of tensors; expected a network's state dictionary.")
    return weights


def _read_pickle(path: Path) -> Weights:
    try:
        return torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    except RuntimeError as error:
        if "mmap" not in str(error):
            raise
        # Files of PyTorch before 1.6 are no archives and cannot be mapped.
        return torch.load(path, map_location="cpu", weights_only=True)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200].rstrip(".")


def fit(network: torch.nn.Module, weights: Weights, source: Path) -> None:
    """Gives `network` the `weights`, as float32, if each of its tensors is there in the right shape and no other is."""
    wanted = network.state_dict()
    _refuse(source, "lacks", [key for key in wanted if key not in weights])
    _refuse(source, "has unknown", [key for key in weights if key not in wanted])
    _refuse(
        source,
        "has misshapen",
        [
            f"{key} {list(weights[key].shape)} instead of {list(tensor.shape)}"
            for key, tensor in wanted.items()
            if weights[key].shape != tensor.shape
        ],
    )
    _refuse(source, "has NaN or infinity in", [key for key in wanted if not bool(weights[key].isfinite().all())])
    network.load_state_dict({key: value.float() for key, value in weights.items()}, assign=True)
    network.eval().requires_grad_(False)


def _refuse(source: Path, verb: str, keys: list[str]) -> None:
    if keys:
        more = f" and {len(keys) - NAMED} more" if len(keys) > NAMED else ""
        raise ImportProblem(
            "architecture",
            f"{source} is not of the architecture that its configuration describes: it {verb} "
            f"{', '.join(keys[:NAMED])}{more}.",
        )


def fingerprint(*networks: torch.nn.Module) -> str:
    """SHA-256 over names, shapes and values: the same weights in another file format have the same fingerprint."""
    digest = hashlib.sha256()
    for network in networks:
        for name, tensor in sorted(network.state_dict().items()):
            digest.update(f"{name}{list(tensor.shape)}".encode())
            digest.update(tensor.float().contiguous().numpy().data)
    return digest.hexdigest()
