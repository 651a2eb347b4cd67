"""Operations that ONNX Runtime has in one piece, and that an export would otherwise take apart."""

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.models.attention_processor import Attention
from diffusers.models.resnet import ResnetBlock2D
from torch import nn


class _MultiHeadAttention(torch.autograd.Function):
    """Attention of queries, keys and values [batch, tokens, heads × size]: com.microsoft's MultiHeadAttention."""

    @staticmethod
    def forward(_, query, key, value, heads: int):
        split = [part.unflatten(2, (heads, -1)).transpose(1, 2) for part in (query, key, value)]
        return nn.functional.scaled_dot_product_attention(*split).transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(graph, query, key, value, heads: int):
        output = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        output.setType(query.type())
        return output


class FusedAttention:
    """What diffusers calls an attention processor: for tokens, and for the autoencoder's pixels."""

    def __call__(self, attention: Attention, hidden_states, encoder_hidden_states=None, attention_mask=None, **_):
        residual = hidden_states
        if attention.group_norm is not None:
            hidden_states = attention.group_norm(hidden_states)
        is_image = hidden_states.dim() == 4
        if is_image:
            # Plain numbers: a graph that works out its shapes as it runs cannot be fused.
            channels, height, width = (int(size) for size in hidden_states.shape[1:])
            hidden_states = hidden_states.reshape(-1, channels, height * width).transpose(1, 2)
        context = hidden_states if encoder_hidden_states is None else encoder_hidden_states
        hidden_states = _MultiHeadAttention.apply(
            attention.to_q(hidden_states), attention.to_k(context), attention.to_v(context), attention.heads
        )
        hidden_states = attention.to_out[0](hidden_states)
        if is_image:
            hidden_states = hidden_states.transpose(1, 2).reshape(-1, channels, height, width)
        if attention.residual_connection:
            hidden_states = hidden_states + residual
        return (
            hidden_states / attention.rescale_output_factor if attention.rescale_output_factor != 1 else hidden_states
        )


class _Constant(nn.Module):
    """Answers with the same tensor whatever it is asked."""

    def __init__(self, value: torch.Tensor) -> None:
        super().__init__()
        self.register_buffer("value", value)

    def forward(self, _) -> torch.Tensor:
        return self.value


def fuse(*networks: UNet2DConditionModel | AutoencoderKL) -> None:
    """Makes the attention of `networks` one operation each."""
    for network in networks:
        network.set_attn_processor(FusedAttention())


@torch.no_grad()
def freeze_time(unet: UNet2DConditionModel) -> None:
    """Computes now what depends only on the time step: MuseTalk asks its UNet for one step, at time 0."""
    embedding = unet.time_embedding(unet.time_proj(torch.zeros(1, dtype=torch.int64)).float())
    for block in unet.modules():
        if isinstance(block, ResnetBlock2D) and block.time_emb_proj is not None:
            block.time_emb_proj = _Constant(block.time_emb_proj(block.nonlinearity(embedding)))
