"""The money of grants as measurements: by year, by funder, and by size of group. They follow from the grants held.

A year is a calendar year, by the day of the award, and is added up once it is over. Nothing is estimated: a year
without a grant has no value.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from charter import clock
from charter.imports.values import take_values_away
from charter.outcomes.indicators import REF_LIMIT, TITLE_LIMIT, IndicatorFields, define_indicator
from charter.outcomes.measuring import Reported, report_measurement, revise_measurement
from charter.outcomes.sheets import Sheet
from charter.rules.access import Viewer
from charter.rules.outcomes import Span
from charter.words import INCOMES, MADE_UP_MARK
from db.models import AwardedGrant, Indicator, Measurement, Organisation
from db.types import Finality, Frequency, IncomeBand, IndicatorKind, PerformanceKind, Polarity, UnitKind

_PREFIX, _MADE_UP_PREFIX = "360giving", "made-up-360giving"
_SOURCE = "Grants that funders published in the 360Giving data standard"
_COVERAGE = "Grants to groups on the list, in pounds, by the year of the award"
_LIMITS = (
    "Only funders whose files were taken in are counted, and only groups on the list. A higher sum may mean that more "
    "was published, and not that more was given."
)
_WHY = "It tells where money for groups comes from, and whether small groups get any of it."
_REASON = "The grants that are held have changed: a file was taken in, or taken back."
_SMALL = {
    IncomeBand.UNDER_10K: "under-10k",
    IncomeBand.FROM_10K_TO_100K: "10k-to-100k",
    IncomeBand.OVER_100K: "over-100k",
    IncomeBand.NOT_KNOWN: "not-known",
}


@dataclass(frozen=True)
class _Slice:
    """What is added up together: the last part of the indicator's address, and what the indicator is called."""

    ref: str
    title: str


@dataclass(frozen=True)
class _Came:
    """Where values come from: their source in words, and the import; None where one was taken back."""

    source: str
    file_import_id: int | None


def keep_sums(session: Session, *, viewer: Viewer, made_up: bool, file_import_id: int | None) -> None:
    """Let the measurements of grants say what the grants that are held come to.

    A value that changes is revised, and keeps what it replaces. One of which no grant is left goes.

    Args:
        session: a writing session.
        viewer: who took the file in or back; they report for what all partners share.
        made_up: whether the demonstration's grants are meant, or the real ones.
        file_import_id: the import that the values come from, or None where one was taken back.

    Raises:
        NotAllowedError: the viewer may not report for what all partners share.
    """
    sums = _sums(session, made_up=made_up)
    came = _Came(_source(made_up=made_up), file_import_id)
    prefix = _MADE_UP_PREFIX if made_up else _PREFIX
    known = {row.ref: row for row in session.exec(select(Indicator).where(col(Indicator.ref).startswith(prefix)))}
    for each, years in sums.items():
        ref = _ref(prefix, each)
        if ref not in known:
            _define(session, viewer, ref, each, made_up=made_up)
        _keep(session, viewer, ref, came, years)
    kept = {_ref(prefix, each): years for each, years in sums.items()}
    for ref, row in known.items():
        _take_away(session, row.id or 0, came.source, kept.get(ref, {}))


def is_sum_of_grants(ref: str) -> bool:
    """Tell whether an indicator's values are added up from grants, so that nobody reports them by hand."""
    return ref.startswith((f"{_PREFIX}-", f"{_MADE_UP_PREFIX}-"))


def _sums(session: Session, *, made_up: bool) -> Mapping[_Slice, Mapping[int, Decimal]]:
    rows = session.exec(
        select(AwardedGrant)
        .join(Organisation, col(Organisation.id) == col(AwardedGrant.organisation_id))
        .where(Organisation.made_up == made_up)
        .order_by(col(AwardedGrant.id))
    ).all()
    over = clock.today().year
    # The first name that a funder was read by stays its name.
    funders: dict[str, str] = {}
    sums: dict[_Slice, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        slug, year = _slug(row.funder_ref), row.awarded_on.year
        name = funders.setdefault(slug, row.funder_name)
        if year < over:
            for each in _slices(slug, name, row.income_band):
                sums[each][year] += row.amount
    return sums


def _slices(funder: str, funder_name: str, band: IncomeBand) -> Iterator[_Slice]:
    yield _Slice("all", "Money from grants to groups")
    yield _Slice(f"from-{funder}", f"Money from grants to groups, from {funder_name}")
    size = INCOMES[band]
    yield _Slice(
        f"size-{_SMALL[band]}", f"Money from grants to groups of this yearly income: {size[0].lower()}{size[1:]}"
    )


def _source(*, made_up: bool) -> str:
    return f"{_SOURCE} {MADE_UP_MARK}" if made_up else _SOURCE


def _slug(ref: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", ref.casefold()).strip("-") or "unnamed"


def _ref(prefix: str, each: _Slice) -> str:
    return f"{prefix}-{each.ref}"[:REF_LIMIT].strip("-")


def _define(session: Session, viewer: Viewer, ref: str, each: _Slice, *, made_up: bool) -> None:
    fields = IndicatorFields(
        title=each.title[:TITLE_LIMIT],
        kind=IndicatorKind.PERFORMANCE,
        performance_kind=PerformanceKind.HOW_MUCH,
        polarity=Polarity.CONTEXT,
        frequency=Frequency.YEARLY,
        unit_kind=UnitKind.POUNDS,
        unit="pounds",
    )
    words = f"{each.title}: all amounts awarded in a calendar year, added up."
    sheet = Sheet(definition=words, source=_source(made_up=made_up), coverage=_COVERAGE, limits=_LIMITS, why=_WHY)
    define_indicator(session, viewer=viewer, ref=ref, organisation_id=None, fields=fields, sheet=sheet, made_up=made_up)


def _keep(session: Session, viewer: Viewer, ref: str, came: _Came, years: Mapping[int, Decimal]) -> None:
    stored, touched = _stored(session, ref), set[int]()
    for year, value in sorted(years.items()):
        span = Span(date(year, 1, 1), date(year, 12, 31))
        # Funders publish late: the last year that is over is not yet told in full.
        finality = Finality.PROVISIONAL if year == clock.today().year - 1 else Finality.FINAL
        reported = Reported(span, value, came.source, _COVERAGE, finality=finality)
        before = stored.get(year)
        if before is None:
            report_measurement(session, viewer=viewer, indicator_ref=ref, reported=reported)
        elif (before.value, before.finality) != (value, finality):
            revise_measurement(
                session,
                viewer=viewer,
                indicator_ref=ref,
                reported=reported,
                reason=_REASON,
                seen_revision=before.revision,
            )
        else:
            continue
        touched.add(year)
    for year, row in _stored(session, ref).items():
        if year in touched:
            row.file_import_id = came.file_import_id
    session.flush()


def _stored(session: Session, ref: str) -> dict[int, Measurement]:
    rows = session.exec(
        select(Measurement)
        .join(Indicator, col(Indicator.id) == col(Measurement.indicator_id))
        .where(Indicator.ref == ref)
    )
    return {row.starts_on.year: row for row in rows}


def _take_away(session: Session, indicator_id: int, source: str, years: Mapping[int, Decimal]) -> None:
    """Take away the sums of years of which no grant is left; a value from anywhere else stays."""
    own = select(Measurement).where(Measurement.indicator_id == indicator_id, Measurement.source == source)
    gone = [row.id or 0 for row in session.exec(own) if row.starts_on.year not in years]
    if gone:
        take_values_away(session, gone)
