"""How long after an interruption the voice is heard, and the mouth is open."""

import numpy as np
from lips import Lips, frames_of

SILENT = 0.001
CLOSED = 0.4
"""Of the openness while speaking."""


def silence_ms(heard: list[dict], since: float, until: float) -> float:
    """When the last sound left the loudspeaker between two moments, after the first; `heard` by probes/listen.js."""
    loud = [one["time"] for one in heard if since <= one["time"] < until and one["level"] > SILENT]
    return max(loud, default=since) - since


class Mouth:
    """The mouth on the screen, as probes/watch.js saw it on a page that was idle for one idle clip before."""

    def __init__(self, page):
        self._times, self._frames = frames_of(*page.evaluate("[seen, SEEN_SIDE]"))
        shown = np.array(page.evaluate("visavis.skewSamples.map(({ displayTime }) => displayTime)"))
        speaking = np.isin(self._times, shown)
        self._lips = Lips(idle=self._frames[self._times < shown[0]], speaking=self._frames[speaking])

    def closed_ms(self, since: float, until: float) -> float:
        """When the first picture with a closed mouth was shown that no open one followed, after `since`."""
        asked = (self._times >= since) & (self._times < until)
        times, limit = self._times[asked], CLOSED * self._lips.openness_while_speaking
        still_open = [index for index, frame in enumerate(self._frames[asked]) if self._lips.openness(frame) > limit]
        first_closed = still_open[-1] + 1 if still_open else 0
        return float(times[first_closed] - since) if first_closed < len(times) else until - since
