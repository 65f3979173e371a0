"""What is said of one row of a file: why it is left out, or what to know of one that is taken."""

from dataclasses import dataclass

QUOTED = 40  # letters of a cell that are shown again
WHOLE_FILE = "The file"


@dataclass(frozen=True)
class Finding:
    """A finding about a file.

    Attributes:
        place: where, such as "Row 12".
        reason: what is the matter, in a sentence.
        left: whether the row is left out; else it is taken, and this is a warning.
    """

    place: str
    reason: str
    left: bool = False


def quoted(value: object) -> str:
    """Write a cell's value in quotation marks, cut where it is long."""
    words = " ".join(str(value).split())
    return f"“{words[:QUOTED]}…”" if len(words) > QUOTED else f"“{words}”"
