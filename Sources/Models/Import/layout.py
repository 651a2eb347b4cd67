"""Where MuseTalk's official download puts its files, and what else people call them."""

from dataclasses import dataclass
from pathlib import Path

from problem import ImportProblem

# Folder and weight file of each version's UNet (MuseTalk's README, "Download weights"); the newest first.
UNETS = {"1.5": ("musetalkV15", "unet"), "1.0": ("musetalk", "pytorch_model")}
VAE_FOLDERS = ("sd-vae", "sd-vae-ft-mse")
WEIGHT_SUFFIXES = (".safetensors", ".pth", ".bin", ".pt")


@dataclass(frozen=True)
class Part:
    """One network as it lies on disk."""

    weights: Path
    config: Path


@dataclass(frozen=True)
class Layout:
    """The three networks of a MuseTalk version."""

    version: str
    unet: Part
    vae: Part
    whisper: Part


def find_layout(folder: Path, version: str | None) -> Layout:
    """The networks below `folder` (the folder that the official script calls `models`); 1.5 if it has both versions."""
    if not folder.is_dir():
        raise ImportProblem(
            "missing", f"{folder} is no folder; expected the one that holds musetalkV15/ (or musetalk/)."
        )
    version = version or _newest_version(folder)
    unet_folder, unet_stem = UNETS[version]
    vae_folder = next((name for name in VAE_FOLDERS if (folder / name).is_dir()), VAE_FOLDERS[0])
    return Layout(
        version=version,
        unet=_part(folder / unet_folder, (unet_stem,), "musetalk.json"),
        vae=_part(folder / vae_folder, ("diffusion_pytorch_model",), "config.json"),
        whisper=_part(folder / "whisper", ("model", "pytorch_model"), "config.json"),
    )


def _newest_version(folder: Path) -> str:
    for version, (name, _) in UNETS.items():
        if (folder / name).is_dir():
            return version
    wanted = " or ".join(f"{name}/" for name, _ in UNETS.values())
    found = ", ".join(sorted(entry.name for entry in folder.iterdir())[:8]) or "nothing"
    raise ImportProblem("missing", f"{folder} holds no MuseTalk: expected {wanted}, found {found}.")


def _part(folder: Path, stems: tuple[str, ...], config: str) -> Part:
    names = [stem + suffix for stem in stems for suffix in WEIGHT_SUFFIXES]
    weights = next((folder / name for name in names if (folder / name).is_file()), None)
    if weights is None:
        raise ImportProblem("missing", f"{folder} holds no weights; expected one of {', '.join(names)}.")
    if not (folder / config).is_file():
        raise ImportProblem("missing", f"{folder / config} is missing: it says what the network in {weights.name} is.")
    return Part(weights=weights, config=folder / config)
