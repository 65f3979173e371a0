"""What the page of outcomes says and shows of many indicators: counts first, what is off track, and each in a line."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from charter.headlines import opening
from charter.outcome_words import (
    PERFORMANCE_KINDS,
    movement_words,
    short_value,
    span_label,
    span_words,
    status_words,
)
from charter.outcomes.counting import count_indicators
from charter.outcomes.facts import IndicatorFacts
from charter.outcomes.frames import said_words
from charter.outcomes.marks import CurveMark
from charter.outcomes.recorded import RecordedIndicator
from charter.outcomes.telling import latest_of, when_words
from charter.rules.outcomes import IndicatorStatus, Span
from charter.words import listed
from db.types import Finality, IndicatorKind, PerformanceKind

EVERYBODY = "Is life here getting better?"
_ALL_PARTNERS = "All partners"
_ORDER: tuple[PerformanceKind | None, ...] = (None, *reversed(PerformanceKind))


@dataclass(frozen=True)
class OfTheme:
    """The indicators of one theme, those of a kind together: what speaks of everybody first."""

    title: str
    kinds: tuple[tuple[str, tuple[RecordedIndicator, ...]], ...]

    @property
    def indicators(self) -> tuple[RecordedIndicator, ...]:
        """All of them."""
        return tuple(each for _, found in self.kinds for each in found)


def reported(found: Sequence[RecordedIndicator]) -> tuple[RecordedIndicator, ...]:
    """Give those that partners report: without the agenda, and without those that only sources speak of."""
    return tuple(each for each in found if not each.on_agenda and not each.stated)


def agenda(found: Sequence[RecordedIndicator]) -> tuple[RecordedIndicator, ...]:
    """Give those that would be worth having, and have no data yet."""
    return tuple(each for each in found if each.on_agenda)


def in_order(found: Sequence[RecordedIndicator], *, of: Sequence[RecordedIndicator]) -> tuple[RecordedIndicator, ...]:
    """Give indicators theme by theme in the order of others, which come by theme; themes of their own go last."""
    themes = list(dict.fromkeys(each.theme_title for each in (*of, *found)))
    return tuple(sorted(found, key=lambda each: themes.index(each.theme_title)))


def off_track(found: Sequence[RecordedIndicator]) -> tuple[RecordedIndicator, ...]:
    """Give those that are off track; those without a route to green go first."""
    off = [each for each in found if each.stands.status is IndicatorStatus.OFF_TRACK]
    return tuple(sorted(off, key=lambda each: not each.stands.route_missing))


def by_theme(found: Sequence[RecordedIndicator]) -> tuple[OfTheme, ...]:
    """Give indicators by theme, in the order in which they come, and within it by what they ask."""
    themes = dict.fromkeys(each.theme_title for each in found)
    return tuple(OfTheme(title, _by_kind([each for each in found if each.theme_title == title])) for title in themes)


def counts_sentence(found: Sequence[RecordedIndicator]) -> str:
    """Say counts first: how many are on track, and how many are better than last year."""
    counted = count_indicators(found)
    if not found:
        return "Nobody has reported an outcome yet."
    if not counted.with_status:
        return "No outcome has a target for its latest figure yet, so none is on or off track."
    said = f"{counted.on_track} of {counted.with_status} outcomes with a target are on track"
    if counted.compared:
        said += f", and {counted.better} of the {counted.compared} that can be compared are better than last year"
    return f"{said}."


def other_counts_sentence(found: Sequence[RecordedIndicator]) -> str:
    """Say how the others stand: within tolerance, off track, without a target, without a figure."""
    counted = count_indicators(found)
    statuses = [each.stands.status for each in found]
    parts = [
        (counted.within_tolerance, "a little short of the target"),
        (counted.off_track, "off track"),
        (statuses.count(IndicatorStatus.NO_TARGET), "without a target"),
        (statuses.count(IndicatorStatus.NO_DATA_YET), "without a figure yet"),
        (statuses.count(None), "for context only"),
    ]
    told = [f"{count} {'is' if count == 1 else 'are'} {what}" for count, what in parts if count]
    return f"{opening(listed(told))}." if told else ""


def lines_title(theme: OfTheme) -> str:
    """Say of a theme's outcomes how many went the right way since last year, as the finding of their chart."""
    counted = count_indicators(theme.indicators)
    if not counted.compared:
        return "None can be compared with last year yet"
    said = "is" if counted.better == 1 else "are"
    return f"{counted.better} of the {counted.compared} that can be compared {said} better than last year"


def route_of(found: RecordedIndicator) -> str:
    """Give the route to green of the latest value; empty where nobody wrote one."""
    last = latest_of(found)
    return last.route_to_green if last else ""


def off_track_sentence(found: RecordedIndicator) -> str:
    """Say how far off track one is: "41% of groups in 2024/25, and the target was 55%"."""
    last = latest_of(found)
    if last is None or found.stands.target is None:
        return ""
    aimed = short_value(found.stands.target, found.unit_kind)
    return f"{said_words(found, last.now)} {when_words(last.span)}. The target was {aimed}."


def line_of(found: RecordedIndicator) -> tuple[str, str, str]:
    """Say one indicator in three short parts: its latest value, how it stands, and which way it moved."""
    last = latest_of(found)
    if last is None:
        return "No figure yet", status_words(found.stands.status), ""
    target = found.stands.target
    aimed = f" (target {short_value(target, found.unit_kind)})" if target is not None else ""
    moved = found.stands.long or found.stands.short
    return (
        f"{said_words(found, last.now)}, {span_words(last.span)}",
        f"{status_words(found.stands.status)}{aimed}",
        movement_words(moved, last.span, found.unit_kind),
    )


def overview_table(found: Sequence[RecordedIndicator]) -> pd.DataFrame:
    """Give indicators as a table that says what the chart shows."""
    rows = [(each.title, *line_of(each), each.owner or _ALL_PARTNERS) for each in found]
    return pd.DataFrame(
        rows, columns=["Outcome", "Latest figure", "How it stands", "Since last year", "Reported by"], dtype=str
    )


def multiples_frame(found: Sequence[RecordedIndicator]) -> pd.DataFrame:
    """Give what the small lines are drawn from: those with a value; no rows where there is none."""
    names = _names(found)
    return pd.DataFrame([row for each in found if each.history for row in _marks(each, names[each.ref])])


def agenda_table(found: Sequence[IndicatorFacts]) -> pd.DataFrame:
    """Give what would be worth having: what, why, and where it could come from."""
    rows = [(each.title, each.sheets[0].sheet.why or "–", each.sheets[0].sheet.source or "–") for each in found]
    return pd.DataFrame(rows, columns=["What we would like to know", "Why", "Where it could come from"], dtype=str)


def stated_table(found: Sequence[IndicatorFacts]) -> pd.DataFrame:
    """Give every figure that the sources state, with when, whom it covers, and where it stands."""
    rows = [
        (
            f"{each.title}: {said_words(each, value.now)}",
            span_words(value.span),
            value.now.coverage,
            value.now.source,
        )
        for each in found
        for value in each.history
    ]
    return pd.DataFrame(rows, columns=["What", "When", "Who or what is counted", "Source"], dtype=str)


def _by_kind(found: Sequence[RecordedIndicator]) -> tuple[tuple[str, tuple[RecordedIndicator, ...]], ...]:
    of = {kind: tuple(each for each in found if _kind(each) is kind) for kind in _ORDER}
    return tuple((PERFORMANCE_KINDS[kind] if kind else EVERYBODY, those) for kind, those in of.items() if those)


def _kind(found: RecordedIndicator) -> PerformanceKind | None:
    return None if found.kind is IndicatorKind.POPULATION else found.performance_kind


def _names(found: Sequence[RecordedIndicator]) -> dict[str, str]:
    """Name each by its title, with who reports it or its reference where others have that name: each has a row."""
    names = {each.ref: each.title for each in found}
    for beside in ("owner", "ref"):
        times = Counter(names.values())
        names = {
            each.ref: names[each.ref]
            if times[names[each.ref]] == 1
            else f"{each.title} ({getattr(each, beside) or _ALL_PARTNERS})"
            for each in found
        }
    return names


def _marks(found: RecordedIndicator, name: str) -> list[dict[str, object]]:
    runs = {span: run for run, spans in enumerate(found.stands.lines) for span in spans}
    last = max(each.span.ends_on for each in found.history)
    measured = [(CurveMark.MEASURED, each.span, each.now.value, each.now.finality) for each in found.history]
    # What is aimed at later would leave every other row without values at its right.
    aimed = [
        (CurveMark.TARGET, each.span, each.value, Finality.FINAL) for each in found.targets if each.span.ends_on <= last
    ]
    return [
        {
            "title": name,
            "note": status_words(found.stands.status),
            "mark": mark.value,
            **_days(span),
            "value": float(value),
            "run": runs.get(span, 0),
            "provisional": finality is Finality.PROVISIONAL,
            "period": span_label(span),
            "label": short_value(value, found.unit_kind),
        }
        for mark, span, value, finality in (*measured, *aimed)
    ]


def _days(span: Span) -> dict[str, object]:
    return {"starts_on": span.starts_on, "ends_on": span.ends_on}
