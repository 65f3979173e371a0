"""What a save gives back, and what a person is told when it cannot be made."""

from dataclasses import dataclass
from datetime import datetime

from charter.rules.refusals import EditedElsewhereError

NOT_A_CHOICE = "Please choose one of the answers that are shown. Nothing was changed."
NOT_ASKED = "This question is not asked of this organisation. Nothing was changed."
_EDITED_ELSEWHERE = (
    "This answer was changed in another window after this page showed it. "
    "Nothing was overwritten: what you see now is what is saved."
)


@dataclass(frozen=True)
class Saved:
    """A save that is on disk: the revision to show with the next change, and when."""

    revision: int
    saved_at: datetime


def require_seen(stored: int, *, seen: int) -> None:
    """Refuse a save that would overwrite what the page did not show.

    Args:
        stored: the revision that is stored; 0 where nothing is.
        seen: the revision that the page showed; 0 where it showed none.

    Raises:
        EditedElsewhereError: the two differ.
    """
    if stored != seen:
        raise EditedElsewhereError(_EDITED_ELSEWHERE)
