"""The face graph: avatar frames and speech conditioning to finished pixels."""

import math

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from graph import GraphPlan
from torch import nn

STEPS, FEATURES = 50, 384


def positional_encoding() -> torch.Tensor:
    """The sinusoids of "Attention Is All You Need", section 3.5, interleaved: [50, 384]."""
    position = torch.arange(STEPS).float().unsqueeze(1)
    rate = torch.exp(torch.arange(0, FEATURES, 2).float() * (-math.log(10_000.0) / FEATURES))
    return torch.stack([torch.sin(position * rate), torch.cos(position * rate)], dim=2).flatten(1)


class Face(nn.Module):
    """`latents` [N, 8, 32, 32], `frames` [B], `conditioning` [B, 50, 384] to `image` [B, 256, 256, 3], RGB bytes.

    `finite` [B] tells which images are of numbers: once they are bytes, NaN and infinity are colours like any other.
    """

    def __init__(self, unet: UNet2DConditionModel, vae: AutoencoderKL) -> None:
        super().__init__()
        self.unet = unet
        self.vae = vae
        self.register_buffer("encoding", positional_encoding())

    def forward(
        self, latents: torch.Tensor, frames: torch.Tensor, conditioning: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        kind = self.unet.dtype
        chosen = torch.index_select(latents, 0, frames).to(kind)
        speech = (conditioning + self.encoding).to(kind)
        painted = self.unet(chosen, 0, encoder_hidden_states=speech, return_dict=False)[0]
        image = self.vae.decode(painted / self.vae.config.scaling_factor, return_dict=False)[0].float()
        # A sum over pixels near 1 overflows in no image, and any NaN or infinity stays in it.
        finite = image.sum(dim=(1, 2, 3)).isfinite()
        bytes_ = ((image / 2 + 0.5).clamp(0, 1) * 255).round().to(torch.uint8)
        return bytes_.permute(0, 2, 3, 1), finite


def plan(unet: UNet2DConditionModel, vae: AutoencoderKL) -> GraphPlan:
    """The graph `face.onnx`."""
    return GraphPlan(
        module=Face(unet, vae),
        # No axis that may vary is 1 long: the exporter would take it for constant.
        example=(torch.zeros(3, 8, 32, 32), torch.zeros(2, dtype=torch.int64), torch.zeros(2, STEPS, FEATURES)),
        inputs=("latents", "frames", "conditioning"),
        outputs=("image", "finite"),
        dynamic={
            "latents": {0: "bank"},
            "frames": {0: "batch"},
            "conditioning": {0: "batch"},
            "image": {0: "batch"},
            "finite": {0: "batch"},
        },
    )
