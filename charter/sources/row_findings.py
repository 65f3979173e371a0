"""What is said of one row of a file: why it is left out, or what to know of one that is taken."""

from dataclasses import dataclass

from charter.typed import clean_text

_SHOWN, _LOOKED_AT = 40, 200  # letters of a cell
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
    """Write a cell's value in quotation marks, without signs that cannot be shown, and cut where it is long."""
    words = " ".join(clean_text(str(value)[:_LOOKED_AT]).split())
    return f"“{words[:_SHOWN]}…”" if len(words) > _SHOWN else f"“{words}”"
