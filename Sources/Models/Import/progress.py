"""How far an import is, as lines of JSON on standard output: the Swift side draws the bar."""

import json
from dataclasses import dataclass, field


def say(**line: object) -> None:
    """Prints one line and lets it go at once."""
    print(json.dumps(line), flush=True)


@dataclass
class Progress:
    """Counts the stages of an import."""

    stages: int
    done: int = field(default=0, init=False)

    def begin(self, text: str) -> None:
        """Announces the stage that begins now; the one before it is done."""
        say(event="stage", text=text, done=self.done, of=self.stages)
        self.done += 1
