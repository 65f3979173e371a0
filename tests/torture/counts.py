"""What a part of the torture counts: how often something was tried, and how often it went wrong."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """The outcome of one kind of trial.

    Attributes:
        part: what was tried, such as `kills: saves (SQLite)`.
        tried: how often.
        wrong: each time that it went wrong, in words.
        meaning: what a wrong one would be, such as `lost or half done`.
    """

    part: str
    tried: int
    wrong: tuple[str, ...]
    meaning: str

    @property
    def line(self) -> str:
        """The outcome as a line of the summary."""
        return f"{self.part:58} {self.tried:6,} tried  {len(self.wrong):4,} {self.meaning}"
