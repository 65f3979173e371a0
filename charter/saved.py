"""What a save gives back, and what a person is told when it would have overwritten another."""

from dataclasses import dataclass
from datetime import datetime

EDITED_ELSEWHERE = (
    "This answer was changed in another window after this page showed it. "
    "Nothing was overwritten: what you see now is what is saved."
)


@dataclass(frozen=True)
class Saved:
    """A save that is on disk: the revision to show with the next change, and when."""

    revision: int
    saved_at: datetime
