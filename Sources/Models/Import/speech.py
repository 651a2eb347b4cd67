"""The speech graph: a 30 s window of sound to the hidden states of Whisper's encoder."""

import torch
from graph import GraphPlan
from mel import WINDOW_SAMPLES, LogMel
from torch import nn
from transformers.models.whisper.modeling_whisper import WhisperEncoder


class WholeWindow(nn.Module):
    """`samples` [1, 480000] to `states` [1, 1500, layers + 1, 384], as MuseTalk stacks them, and to the `mel`."""

    def __init__(self, encoder: WhisperEncoder) -> None:
        super().__init__()
        self.mel = LogMel()
        self.encoder = encoder

    def forward(self, samples: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        mel = self.mel(samples)
        return self.states(mel), mel

    def states(self, mel: torch.Tensor) -> torch.Tensor:
        """The embedding, each layer's output, and for the last layer's the normalised one."""
        hidden = nn.functional.gelu(self.encoder.conv1(mel))
        hidden = nn.functional.gelu(self.encoder.conv2(hidden)).transpose(1, 2)
        hidden = hidden + self.encoder.embed_positions.weight
        states = [hidden]
        for layer in self.encoder.layers:
            output = layer(hidden, None)
            # Before transformers 5 a layer answered with a tuple.
            hidden = output[0] if isinstance(output, tuple) else output
            states.append(hidden)
        states[-1] = self.encoder.layer_norm(hidden)
        return torch.stack(states, dim=2)


def plan(encoder: WhisperEncoder) -> GraphPlan:
    """The graph `speech.onnx`."""
    return GraphPlan(
        module=WholeWindow(encoder),
        example=(torch.zeros(1, WINDOW_SAMPLES),),
        inputs=("samples",),
        outputs=("states", "mel"),
    )
