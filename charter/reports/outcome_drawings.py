"""Drawings of outcomes and actions: a theme's small lines, one outcome's curve, and by when actions are due."""

from collections.abc import Sequence
from datetime import date

from charter.actions.frames import action_table, due_frame, due_title
from charter.actions.told import ActionTold
from charter.charts import curve, due_dates
from charter.charts.small_multiples import small_multiples, small_multiples_words
from charter.outcomes import frames, overview, telling
from charter.outcomes.overview import OfTheme
from charter.outcomes.recorded import RecordedIndicator
from charter.reports.drawings import Drawing, ready

_LINES = (
    "Each line has a scale of its own, and a gap where figures are not compared. A short bar is the target; a hollow "
    "point may still change."
)


def theme_lines(theme: OfTheme, *, dark: bool) -> Drawing | None:
    """Draw a theme's outcomes, each as a small line, or give None where none of them has a figure."""
    frame = overview.multiples_frame(theme.indicators)
    if frame.empty:
        return None
    return ready(
        small_multiples(frame, dark=dark),
        title=overview.lines_title(theme),
        subtitle=_LINES,
        words=small_multiples_words(frame),
        table=overview.overview_table(theme.indicators),
    )


def curve_of(found: RecordedIndicator, *, dark: bool) -> Drawing:
    """Draw an outcome's history with its targets and what may come; ask `telling.is_curve` first."""
    frame = frames.curve_frame(found)
    return ready(
        curve.curve(frame, unit_kind=found.unit_kind, dark=dark),
        title=telling.curve_title(found),
        subtitle=telling.curve_subtitle(found),
        words=curve.curve_words(frame),
        table=frames.history_table(found),
    )


def due_of(actions: Sequence[ActionTold], *, on: date, dark: bool) -> Drawing | None:
    """Draw by when open actions are to be done, or give None where none has a date.

    Args:
        actions: the actions.
        on: the day for which this is said.
        dark: for dark paper.
    """
    frame = due_frame(actions, on=on)
    if frame.empty:
        return None
    return ready(
        due_dates.due_dates(frame, on=on, dark=dark),
        title=due_title(frame),
        subtitle="Open actions with a date. The dashed line is the day for which this is said",
        words=due_dates.due_dates_words(frame),
        table=action_table(actions, on=on),
    )
