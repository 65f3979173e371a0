"""The headline counts: each theme's score with its direction, outcomes on track, and actions overdue."""

from collections.abc import Sequence

from charter import headlines
from charter.actions.told import ActionTold
from charter.came_of_it import CameOfIt
from charter.findings import from_groups
from charter.published.figures import Change, Theme
from charter.reports.contents import Contents
from charter.reports.papers.document import Table
from db.types import ActionStatus, Direction

COLUMNS = ("Headline", "Now", "Direction", "What it rests on")
_SIGNS = {Direction.BETTER: "↑ ", Direction.WORSE: "↓ "}


def headline_counts(contents: Contents) -> Table:
    """Tabulate the counts that come first, each with its direction in a word and what it rests on."""
    rows = [_theme_row(theme) for theme in contents.figures.themes]
    rows += [_outcome_row(contents.came), _action_row(contents.actions, contents.came)]
    return Table(COLUMNS, tuple(rows), (26, 17, 26, 48), strong=1)


def _theme_row(theme: Theme) -> tuple[str, ...]:
    name = f"{theme.title}, as groups see it"
    if theme.score is None:
        return name, "–", "–", f"{headlines.opening(headlines.why_no_theme_score(theme))}."
    rests = f"{headlines.opening(from_groups(theme.sector))}." if theme.sector else ""
    if theme.gap is not None and theme.gap.points is not None:
        rests += f" Public bodies give themselves {theme.gap.practice}: {headlines.gap_words(theme.gap)}."
    return name, f"{theme.score} {headlines.OUT_OF}", _direction(theme.change, few=theme.few), rests


def _direction(change: Change | None, *, few: bool) -> str:
    sign = "" if few or change is None else _SIGNS.get(change.direction, "")
    return sign + " ".join(headlines.change_parts(change, few=few))


def _outcome_row(came: CameOfIt) -> tuple[str, ...]:
    counts = came.counts
    if not counts.with_status:
        return "Outcomes on track", "–", "–", came.counted
    moved = f"{counts.better} of {counts.compared} better than last year" if counts.compared else "–"
    return "Outcomes on track", f"{counts.on_track} of {counts.with_status}", moved, "Those with a target."


def _action_row(actions: Sequence[ActionTold], came: CameOfIt) -> tuple[str, ...]:
    if not actions:
        return "Actions overdue", "–", "–", "There are no actions yet."
    done = sum(each.status is ActionStatus.DONE for each in actions)
    return "Actions overdue", f"{came.overdue} of {came.actions}", f"{done} done", "All actions that are listed."
