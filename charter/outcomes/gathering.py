"""Reading the facts of several indicators at once, with a query for each sort of row and none for each indicator."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col, select

from charter.outcomes.facts import Aim, BreakFound, IndicatorFacts, Judgement, Measured, Numbered, Said, Told
from charter.outcomes.indicators import Baseline
from charter.outcomes.sheets import Sheet
from charter.rules.outcomes import Span
from db.models import (
    Commentary,
    Commitment,
    DefinitionSheet,
    ExpectedValue,
    Indicator,
    IndicatorBreak,
    IndicatorCommitment,
    IndicatorStory,
    Measurement,
    Organisation,
    ReplacedMeasurement,
    Target,
    Theme,
)

# The fields that are the row's own columns.
_SAME = (
    *("ref", "title", "kind", "performance_kind", "polarity", "frequency", "unit_kind", "unit", "tolerance", "floor"),
    *("on_agenda", "made_up", "revision"),
)
_BY_THEME = (sa.func.coalesce(col(Theme.position), 1000), col(Indicator.title), col(Indicator.ref))
_Row = TypeVar("_Row", DefinitionSheet, ExpectedValue, IndicatorBreak, IndicatorStory, Target)


def gather(session: Session, *which: sa.ColumnElement[bool]) -> tuple[IndicatorFacts, ...]:
    """Read the facts of the indicators that meet some conditions: by theme, then by title.

    Who may read them is asked by those who call this.
    """
    rows = session.execute(
        sa.select(Indicator, Organisation, Theme)
        .outerjoin(Organisation, col(Organisation.id) == col(Indicator.organisation_id))
        .outerjoin(Theme, col(Theme.id) == col(Indicator.theme_id))
        .where(*which)
        .order_by(*_BY_THEME)
    ).all()
    keys = [row.id or 0 for row, _, _ in rows]
    parts = _parts(session, keys)
    return tuple(_facts(row, owner, theme, parts) for row, owner, theme in rows)


def gather_stated(session: Session, *which: sa.ColumnElement[bool]) -> tuple[IndicatorFacts, ...]:
    """Read of the indicators that came from the sources what the sources say, and nothing that was added since.

    It takes three queries, as a page asks them that everybody opens.
    """
    rows = session.execute(
        sa.select(Indicator, Theme, DefinitionSheet)
        .join(DefinitionSheet, col(DefinitionSheet.indicator_id) == col(Indicator.id))
        .outerjoin(Theme, col(Theme.id) == col(Indicator.theme_id))
        .where(col(Indicator.from_sources).is_(True), col(DefinitionSheet.number) == 1, *which)
        .order_by(*_BY_THEME)
    ).all()
    keys = [row.id or 0 for row, _, _ in rows]
    measured, breaks = _stated(session, keys)
    sheets = {row.id or 0: [sheet] for row, _, sheet in rows}
    parts = _Parts(sheets=sheets, breaks=breaks, commitments=_commitments(session, keys), measured=measured)
    found = [_facts(row, None, theme, parts) for row, theme, _ in rows]
    return tuple(replace(each, stated=True, on_agenda=not each.history) for each in found)


@dataclass(frozen=True)
class _Parts:
    """The rows that hang on some indicators, by the indicator's key."""

    sheets: Mapping[int, Sequence[DefinitionSheet]] = field(default_factory=dict)
    targets: Mapping[int, Sequence[Target]] = field(default_factory=dict)
    expected: Mapping[int, Sequence[ExpectedValue]] = field(default_factory=dict)
    breaks: Mapping[int, Sequence[IndicatorBreak]] = field(default_factory=dict)
    stories: Mapping[int, Sequence[IndicatorStory]] = field(default_factory=dict)
    commitments: Mapping[int, Sequence[str]] = field(default_factory=dict)
    measured: Mapping[int, Sequence[tuple[Measurement, Measured]]] = field(default_factory=dict)


def _parts(session: Session, keys: Sequence[int]) -> _Parts:
    return _Parts(
        sheets=_of(session, DefinitionSheet, keys, col(DefinitionSheet.number).desc()),
        targets=_of(session, Target, keys, col(Target.ends_on), col(Target.starts_on)),
        expected=_of(session, ExpectedValue, keys, col(ExpectedValue.ends_on), col(ExpectedValue.starts_on)),
        breaks=_of(session, IndicatorBreak, keys, col(IndicatorBreak.starts_on)),
        stories=_of(session, IndicatorStory, keys, col(IndicatorStory.id)),
        commitments=_commitments(session, keys),
        measured=_measured(session, keys),
    )


def _of(
    session: Session, table: type[_Row], keys: Sequence[int], *order: sa.ColumnExpressionArgument[Any]
) -> Mapping[int, Sequence[_Row]]:
    found: dict[int, list[_Row]] = defaultdict(list)
    for row in session.exec(select(table).where(col(table.indicator_id).in_(keys)).order_by(*order)):
        found[row.indicator_id].append(row)
    return found


def _commitments(session: Session, keys: Sequence[int]) -> Mapping[int, Sequence[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.exec(
        select(IndicatorCommitment.indicator_id, Commitment.ref)
        .join(Commitment, col(Commitment.id) == col(IndicatorCommitment.commitment_id))
        .where(col(IndicatorCommitment.indicator_id).in_(keys))
        .order_by(col(Commitment.ref))
    )
    for key, ref in rows:
        found[key].append(ref)
    return found


def _measured(session: Session, keys: Sequence[int]) -> Mapping[int, Sequence[tuple[Measurement, Measured]]]:
    rows = session.execute(
        sa.select(Measurement, Commentary)
        .outerjoin(Commentary, col(Commentary.measurement_id) == col(Measurement.id))
        .where(col(Measurement.indicator_id).in_(keys))
        .order_by(col(Measurement.ends_on), col(Measurement.starts_on))
    ).all()
    before: dict[int, list[Said]] = defaultdict(list)
    replaced = (
        select(ReplacedMeasurement)
        .join(Measurement, col(Measurement.id) == col(ReplacedMeasurement.measurement_id))
        .where(col(Measurement.indicator_id).in_(keys))
        .order_by(col(ReplacedMeasurement.revision))
    )
    for old in session.exec(replaced):
        before[old.measurement_id].append(_said(old, old.reason))
    found: dict[int, list[tuple[Measurement, Measured]]] = defaultdict(list)
    for row, comment in rows:
        found[row.indicator_id].append((row, _value(row, comment, before[row.id])))
    return found


def _stated(
    session: Session, keys: Sequence[int]
) -> tuple[Mapping[int, Sequence[tuple[Measurement, Measured]]], Mapping[int, Sequence[IndicatorBreak]]]:
    """Read the values that sources state, and the breaks that begin with one of them.

    One that a person revised since is as the source states it: the first of what it replaced.
    """
    first = ReplacedMeasurement
    rows = session.execute(
        sa.select(Measurement, first, IndicatorBreak)
        .outerjoin(first, (col(first.measurement_id) == col(Measurement.id)) & (col(first.revision) == 1))
        .outerjoin(
            IndicatorBreak,
            (col(IndicatorBreak.indicator_id) == col(Measurement.indicator_id))
            & (col(IndicatorBreak.starts_on) == col(Measurement.starts_on)),
        )
        .where(col(Measurement.indicator_id).in_(keys))
        .order_by(col(Measurement.ends_on), col(Measurement.starts_on))
    )
    measured: dict[int, list[tuple[Measurement, Measured]]] = defaultdict(list)
    breaks: dict[int, list[IndicatorBreak]] = defaultdict(list)
    for row, replaced, broken in rows:
        if _is_stated(replaced or row):
            measured[row.indicator_id].append((row, Measured(_span(row), _said(replaced or row))))
            breaks[row.indicator_id] += [broken] if broken is not None else []
    return measured, breaks


def _value(row: Measurement, comment: Commentary | None, before: Sequence[Said]) -> Measured:
    return Measured(
        span=_span(row),
        now=_said(row),
        before=tuple(before),
        commentary=comment.words if comment else "",
        route_to_green=comment.route_to_green if comment else "",
        commentary_revision=comment.revision if comment else 0,
    )


def _said(row: Measurement | ReplacedMeasurement, reason: str = "") -> Said:
    return Said(row.revision, row.value, row.qualifier, row.finality, row.source, row.coverage, row.reported_at, reason)


def _facts(row: Indicator, owner: Organisation | None, theme: Theme | None, parts: _Parts) -> IndicatorFacts:
    key = row.id or 0
    measured = parts.measured.get(key, ())
    return IndicatorFacts(
        **{name: getattr(row, name) for name in _SAME},
        owner=owner.name if owner else "",
        owner_ref=owner.ref if owner else "",
        theme=theme.ref if theme else "",
        theme_title=theme.title if theme else "",
        baseline=_baseline(row),
        stated=row.from_sources and all(_is_stated(one) for one, _ in measured),
        commitments=tuple(parts.commitments.get(key, ())),
        sheets=tuple(Numbered(each.number, _sheet(each), each.written_at) for each in parts.sheets.get(key, ())),
        history=tuple(value for _, value in measured),
        targets=tuple(Aim(_span(each), each.value, each.revision) for each in parts.targets.get(key, ())),
        expected=tuple(
            Judgement(_span(each), each.value, each.reason, each.revision) for each in parts.expected.get(key, ())
        ),
        breaks=tuple(BreakFound(each.starts_on, each.kind, each.reason) for each in parts.breaks.get(key, ())),
        stories=tuple(Told(each.kind, each.words, each.revision) for each in parts.stories.get(key, ())),
    )


def _is_stated(row: Measurement | ReplacedMeasurement) -> bool:
    """Tell whether a value is as a source states it: neither reported by a person nor brought by an import."""
    return row.account_id is None and row.file_import_id is None


def _baseline(row: Indicator) -> Baseline | None:
    if row.baseline is None or row.baseline_starts_on is None or row.baseline_ends_on is None:
        return None
    return Baseline(row.baseline, Span(row.baseline_starts_on, row.baseline_ends_on))


def _sheet(row: DefinitionSheet) -> Sheet:
    return Sheet(row.definition, row.source, row.coverage, row.limits, row.why)


def _span(row: Measurement | Target | ExpectedValue) -> Span:
    return Span(row.starts_on, row.ends_on)
