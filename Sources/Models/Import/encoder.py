"""The encoder graph: face crops to the latents that the face graph starts from."""

import torch
from diffusers import AutoencoderKL
from graph import GraphPlan
from torch import nn


class Encoder(nn.Module):
    """`image` [B, 256, 256, 3], RGB bytes, to `latents` [B, 8, 32, 32]: lower half hidden, then the whole face."""

    def __init__(self, vae: AutoencoderKL) -> None:
        super().__init__()
        self.vae = vae

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        whole = image.permute(0, 3, 1, 2).float() / 255
        upper, lower = whole.chunk(2, dim=2)
        # Black, not grey: MuseTalk hides the lower half before it moves 0…1 to −1…1.
        hidden = torch.cat([upper, torch.zeros_like(lower)], dim=2)
        return torch.cat([self.latents(hidden), self.latents(whole)], dim=1)

    def latents(self, image: torch.Tensor) -> torch.Tensor:
        """The middle of the distribution, scaled: MuseTalk samples it, which makes one face differ from run to run."""
        moments = self.vae.quant_conv(self.vae.encoder((image * 2 - 1).to(self.vae.dtype)))
        return moments.chunk(2, dim=1)[0].float() * self.vae.config.scaling_factor


def plan(vae: AutoencoderKL) -> GraphPlan:
    """The graph `encoder.onnx`."""
    return GraphPlan(
        module=Encoder(vae),
        example=(torch.zeros(2, 256, 256, 3, dtype=torch.uint8),),
        inputs=("image",),
        outputs=("latents",),
        dynamic={"image": {0: "batch"}, "latents": {0: "batch"}},
    )
