"""The log-mel spectrogram of Whisper (Radford et al. 2022, section 2.2) as a network, so that it can be in a graph."""

import torch
from torch import nn

RATE = 16_000
WINDOW_SAMPLES = 30 * RATE
FFT = 400
HOP = 160
BANDS = 80


def slaney_filters() -> torch.Tensor:
    """Triangles on Slaney's mel scale up to 8 kHz, each of the same area: [bands, FFT/2 + 1] (Auditory Toolbox)."""
    linear_step, knee_hz, log_step = 200 / 3, 1000.0, torch.log(torch.tensor(6.4, dtype=torch.float64)) / 27
    knee = knee_hz / linear_step
    top = knee + torch.log(torch.tensor(RATE / 2 / knee_hz, dtype=torch.float64)) / log_step
    mels = torch.linspace(0, float(top), BANDS + 2, dtype=torch.float64)
    edges = torch.where(mels < knee, mels * linear_step, knee_hz * torch.exp(log_step * (mels - knee)))
    bins = torch.linspace(0, RATE / 2, FFT // 2 + 1, dtype=torch.float64)
    rising = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    area = 2 / (edges[2:] - edges[:-2])
    return torch.minimum(rising, falling).clamp(min=0) * area[:, None]


def fourier_kernel() -> torch.Tensor:
    """Hann-windowed cosines and sines, one convolution kernel a bin: [2 × (FFT/2 + 1), 1, FFT]."""
    time = torch.arange(FFT, dtype=torch.float64)
    angle = 2 * torch.pi * torch.outer(torch.arange(FFT // 2 + 1, dtype=torch.float64), time) / FFT
    window = torch.hann_window(FFT, dtype=torch.float64)
    return (torch.cat([torch.cos(angle), torch.sin(angle)]) * window).unsqueeze(1)


class MelPower(nn.Module):
    """Samples [1, S] at 16 kHz, already padded by FFT/2 on both sides, to mel-band power [1, 80, frames]."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("kernel", fourier_kernel().float())
        self.register_buffer("filters", slaney_filters().float())

    def forward(self, samples: torch.Tensor) -> torch.Tensor:
        parts = nn.functional.conv1d(samples.unsqueeze(1), self.kernel, stride=HOP)
        real, imaginary = parts.chunk(2, dim=1)
        return self.filters @ (real.square() + imaginary.square())


class LogMel(nn.Module):
    """A window of 30 s, [1, 480000], to what Whisper reads, [1, 80, 3000]."""

    def __init__(self) -> None:
        super().__init__()
        self.power = MelPower()

    def forward(self, samples: torch.Tensor) -> torch.Tensor:
        padded = nn.functional.pad(samples.unsqueeze(1), (FFT // 2, FFT // 2), mode="reflect").squeeze(1)
        # The last frame is half beyond the window; Whisper leaves it out.
        power = self.power(padded)[:, :, :-1]
        decades = power.clamp(min=1e-10).log10()
        return (torch.maximum(decades, decades.amax(dim=(1, 2), keepdim=True) - 8) + 4) / 4
