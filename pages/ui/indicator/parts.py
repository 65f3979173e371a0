"""The parts of the page: what everybody reads, and for those who report it the forms."""

from collections.abc import Callable

from charter.outcomes.recorded import RecordedIndicator
from pages.ui.indicator import aiming, commenting, defining, reporting
from pages.ui.indicator.seen import Seen
from pages.ui.running.choosing import chosen_part

SEE = "see"
_TITLES = {
    SEE: "What it shows",
    "report": "Report a figure",
    "words": "Words",
    "aims": "Targets",
    "settings": "What it means",
}
_DRAW: dict[str, Callable[[RecordedIndicator], None]] = {
    "report": reporting.draw,
    "words": commenting.draw,
    "aims": aiming.draw,
    "settings": defining.draw,
}


def choose(seen: Seen) -> str:
    """Draw the way between the parts for those who report it, and the part that is chosen; give its name.

    What everybody reads is left to the page.
    """
    if seen.now is None or not seen.may_report:
        return SEE
    part = chosen_part(_TITLES)
    if part in _DRAW:
        _DRAW[part](seen.now)
    return part
