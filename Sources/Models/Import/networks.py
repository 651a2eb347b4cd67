"""MuseTalk's three networks: built from their configurations, filled from their files."""

import re
from dataclasses import dataclass
from pathlib import Path

import torch
from checkpoint import Weights, fit, read_config, read_weights
from diffusers import AutoencoderKL, UNet2DConditionModel
from layout import Layout, Part
from problem import ImportProblem
from transformers import WhisperConfig
from transformers.models.whisper.modeling_whisper import WhisperEncoder

# The names that attention had in the autoencoder before diffusers 0.15; the public sd-vae-ft-mse still has them.
OLD_ATTENTION = {"query": "to_q", "key": "to_k", "value": "to_v", "proj_attn": "to_out.0"}


@dataclass(frozen=True)
class Networks:
    """The networks in float32, ready to be exported."""

    unet: UNet2DConditionModel
    vae: AutoencoderKL
    whisper: WhisperEncoder


def load_networks(layout: Layout) -> Networks:
    """Reads what `layout` found."""
    return Networks(unet=_load_unet(layout.unet), vae=_load_vae(layout.vae), whisper=load_whisper(layout.whisper))


def build_unet(config: dict, source: Path) -> UNet2DConditionModel:
    """An empty UNet; its weights take no memory yet."""
    return _build(lambda: UNet2DConditionModel(**config), source)


def build_vae(config: dict, source: Path) -> AutoencoderKL:
    """An empty autoencoder."""
    return _build(lambda: AutoencoderKL(**config), source)


def build_whisper(config: dict, source: Path) -> WhisperEncoder:
    """An empty Whisper encoder; the decoder is of no use here."""
    return _build(lambda: WhisperEncoder(WhisperConfig(**config)), source)


def _build(make, source: Path):
    try:
        with torch.device("meta"):
            return make()
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise ImportProblem("architecture", f"{source} describes no network that can be built: {error}.") from error


def _public(config: dict) -> dict:
    """A diffusers configuration without the entries about itself (`_class_name`, …)."""
    return {key: value for key, value in config.items() if not key.startswith("_")}


def _load_unet(part: Part) -> UNet2DConditionModel:
    unet = build_unet(_public(read_config(part.config)), part.config)
    fit(unet, read_weights(part.weights), part.weights)
    wanted = (8, 4, 384)
    found = (unet.config.in_channels, unet.config.out_channels, unet.config.cross_attention_dim)
    if found != wanted:
        raise ImportProblem(
            "architecture",
            f"{part.config} describes a UNet with {found} input, output and conditioning channels; expected {wanted}.",
        )
    return unet


def _load_vae(part: Part) -> AutoencoderKL:
    vae = build_vae(_public(read_config(part.config)), part.config)
    fit(vae, with_new_attention_names(read_weights(part.weights), vae.state_dict()), part.weights)
    return vae


def with_new_attention_names(weights: Weights, wanted: Weights) -> Weights:
    """`weights` under the names that diffusers uses today; old attention weights may be 1×1 convolutions."""
    renamed = {}
    for key, tensor in weights.items():
        key = re.sub(
            r"(\.attentions\.\d+)\.(query|key|value|proj_attn)\.",
            lambda match: f"{match[1]}.{OLD_ATTENTION[match[2]]}.",
            key,
        )
        if key in wanted and tensor.dim() == wanted[key].dim() + 2 and tensor.shape[2:] == (1, 1):
            tensor = tensor[:, :, 0, 0]
        renamed[key] = tensor
    return renamed


def load_whisper(part: Part) -> WhisperEncoder:
    encoder = build_whisper(read_config(part.config), part.config)
    weights = read_weights(part.weights)
    prefix = next((prefix for prefix in ("model.encoder.", "encoder.") if prefix + "conv1.weight" in weights), "")
    own = {key.removeprefix(prefix): value for key, value in weights.items() if key.startswith(prefix)}
    fit(encoder, own, part.weights)
    return encoder
