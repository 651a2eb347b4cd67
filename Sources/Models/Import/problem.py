"""What can be wrong with the files that an import is given, in words for the person who started it."""


class ImportProblem(Exception):
    """A reason to stop. `kind` is for programs, the message for people: the thing, what was found, what to do."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
