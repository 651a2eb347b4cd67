"""Networks of random weights, always the same ones: MuseTalk's size for benchmarks, a small one for tests."""

from pathlib import Path

import torch
from networks import Networks, build_unet, build_vae, build_whisper

SEED = 20_240_925

# The sizes of MuseTalk's musetalk.json, of sd-vae-ft-mse and of whisper-tiny; small ones with the same structure.
SIZES = {
    "full": {"unet": (320, 640, 1280, 1280), "vae": (128, 256, 512, 512), "vae_layers": 2, "feed_forward": 1536},
    "mini": {"unet": (32, 64, 64, 64), "vae": (32, 64, 64, 64), "vae_layers": 1, "feed_forward": 64},
}

UNET = {
    "in_channels": 8,
    "out_channels": 4,
    "sample_size": 64,
    "cross_attention_dim": 384,
    "attention_head_dim": 8,
    "down_block_types": ("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
    "up_block_types": ("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3,
}
VAE = {
    "latent_channels": 4,
    "sample_size": 256,
    "down_block_types": ("DownEncoderBlock2D",) * 4,
    "up_block_types": ("UpDecoderBlock2D",) * 4,
}
WHISPER = {"d_model": 384, "encoder_layers": 4, "encoder_attention_heads": 6, "num_mel_bins": 80}


def random_networks(size: str) -> Networks:
    """The networks of a size, as PyTorch initialises their layers."""
    sizes = SIZES[size]
    torch.manual_seed(SEED)
    here = Path(__file__)
    unet = build_unet({**UNET, "block_out_channels": sizes["unet"]}, here)
    vae = build_vae({**VAE, "block_out_channels": sizes["vae"], "layers_per_block": sizes["vae_layers"]}, here)
    whisper = build_whisper({**WHISPER, "encoder_ffn_dim": sizes["feed_forward"]}, here)
    for network in (unet, vae, whisper):
        network.to_empty(device="cpu")
        for layer in network.modules():
            if hasattr(layer, "reset_parameters"):
                layer.reset_parameters()
        network.eval().requires_grad_(False)
    return Networks(unet=unet, vae=vae, whisper=whisper)
