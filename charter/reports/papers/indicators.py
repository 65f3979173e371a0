"""Outcomes in the conventional columns: value, target, status, short trend, long trend."""

from collections.abc import Sequence

from charter.came_of_it import OffTrack
from charter.outcome_words import FREQUENCIES, movement_words, short_value, span_words, status_words
from charter.outcomes.frames import said_words
from charter.outcomes.recorded import RecordedIndicator
from charter.outcomes.telling import latest_of
from charter.reports.papers.document import Table, shortened
from charter.rules.outcomes import IndicatorStatus

COLUMNS = ("Outcome", "Value", "Target", "Status", "Short trend", "Long trend")
TRENDS = "Short trend: since the period before. Long trend: since the same period of last year."
_WIDTHS = (26, 22, 13, 16, 24, 23)
_ORDER: tuple[IndicatorStatus | None, ...] = (
    IndicatorStatus.OFF_TRACK,
    IndicatorStatus.WITHIN_TOLERANCE,
    IndicatorStatus.ON_TRACK,
    IndicatorStatus.NO_TARGET,
    IndicatorStatus.NO_DATA_YET,
    None,
)


def worst_first(found: Sequence[RecordedIndicator]) -> list[RecordedIndicator]:
    """Put outcomes in order of how they stand, those that are off track first."""
    return sorted(found, key=lambda each: _ORDER.index(each.stands.status))


def indicator_table(found: Sequence[RecordedIndicator], *, letters: int = 1000) -> tuple[Table, ...]:
    """Tabulate outcomes in the conventional columns; nothing where there are none.

    Args:
        found: the outcomes, in their order.
        letters: how many letters of a title there is room for.
    """
    rows = tuple(_row(each, letters) for each in found)
    return (Table(COLUMNS, rows, _WIDTHS),) if rows else ()


def off_track_table(found: Sequence[OffTrack], *, title: int = 1000, letters: int = 10_000) -> tuple[Table, ...]:
    """Tabulate outcomes that are off track, each with its route to green; nothing where there are none.

    Args:
        found: the outcomes.
        title: how many letters of a title there is room for.
        letters: how many of what was written.
    """
    rows = tuple(
        (
            shortened(each.title, title),
            shortened(each.how_far, letters),
            shortened(each.route, letters) if each.route else "Nobody has said yet how it gets back.",
        )
        for each in found
    )
    return (Table(("Outcome", "How far off", "Route to green"), rows, (26, 40, 50)),) if rows else ()


def _row(found: RecordedIndicator, letters: int) -> tuple[str, ...]:
    title = shortened(found.title, letters)
    last, target, stands = latest_of(found), found.stands.target, status_words(found.stands.status)
    if last is None:
        return title, "no figure yet", "–", stands, "–", "–"
    long = found.stands.long
    return (
        title,
        f"{shortened(said_words(found, last.now), letters)}, {span_words(last.span)}",
        "–" if target is None else short_value(target, found.unit_kind),
        stands,
        movement_words(found.stands.short, last.span, found.unit_kind),
        f"– measured {FREQUENCIES[found.frequency].lower()}"
        if long is None
        else movement_words(long, last.span, found.unit_kind),
    )
