"""Loading what the sources state into the store: each figure with its date, coverage and source, and the agenda.

What the store holds is never overwritten: a load adds the indicators and the figures that are not there yet.
"""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.catalogue.fields import first_day, precision
from charter.catalogue.schema import Source
from charter.charter_words import as_known
from charter.outcomes.breaks import break_on, keep_break
from charter.outcomes.sheets import Sheet, keep_sheet
from charter.outcomes_data.schema import DatedBy, Figure, IndicatorsFile, Measured, Wanted
from charter.rules.access import Act, Viewer, require
from db.models import Charter, Commitment, Indicator, IndicatorCommitment, Measurement, Theme

_UNDATED = "The source gives no date for the figure, so the date is the document’s."


def load_indicators(session: Session, *, viewer: Viewer, file: IndicatorsFile, charter_ref: str) -> int:
    """Load the indicators of a file with their figures, and those on the agenda. Loading again changes nothing.

    Args:
        session: a writing session.
        viewer: who asks.
        file: what the sources state, as read and checked against the charter.
        charter_ref: the charter whose themes and commitments the indicators speak to; the store holds it.

    Returns:
        How many indicators and figures were added.

    Raises:
        NotAllowedError: the viewer may not load what the sources state.
    """
    require(viewer, Act.LOAD_CATALOGUE)
    charter_id = session.exec(select(Charter.id).where(Charter.ref == charter_ref)).one()
    themes = dict(session.exec(select(Theme.ref, Theme.id).where(Theme.charter_id == charter_id)).all())
    known = {row.ref: row for row in session.exec(select(Indicator))}
    held = select(Measurement).join(Indicator).where(col(Indicator.from_sources).is_(True))
    there = {(row.indicator_id, row.starts_on, row.ends_on) for row in session.exec(held)}
    added = 0
    for entry in (*file.indicators, *file.agenda):
        if entry.key not in known:
            known[entry.key] = _add(session, entry, file, themes)
            added += 1
    for figure in file.figures:
        row = known[figure.indicator]
        if row.from_sources and (row.id, figure.starts_on, figure.ends_on) not in there:
            _keep(session, row, figure, file)
            added += 1
    if added:
        audit.record(session, viewer, act="sources_loaded", subject=f"{added} indicators and figures")
    return added


def _add(session: Session, entry: Measured, file: IndicatorsFile, themes: Mapping[str, int | None]) -> Indicator:
    now = clock.now()
    same = ("title", "kind", "performance_kind", "polarity", "frequency", "unit_kind", "unit")
    row = Indicator(
        ref=entry.key,
        theme_id=themes[entry.theme],
        on_agenda=isinstance(entry, Wanted),
        from_sources=True,
        created_at=now,
        changed_at=now,
        **{name: getattr(entry, name) for name in same},
    )
    session.add(row)
    session.flush()
    keep_sheet(session, row, _sheet(entry, file))
    keys = session.exec(select(Commitment.id).where(col(Commitment.ref).in_(entry.commitments))).all()
    session.add_all(IndicatorCommitment(indicator_id=row.id or 0, commitment_id=key or 0) for key in keys)
    session.flush()
    return row


def _sheet(entry: Measured, file: IndicatorsFile) -> Sheet:
    if isinstance(entry, Wanted):
        why = f"{entry.why} It goes back to: {_place(entry.source, file)}"
        return Sheet(entry.definition, source=entry.could_come_from, coverage=entry.area, why=why)
    last = file.figures_of(entry.key)[-1]
    return Sheet(entry.definition, source=_place(last.source, file), coverage=last.coverage)


def _keep(session: Session, row: Indicator, figure: Figure, file: IndicatorsFile) -> None:
    session.add(
        Measurement(
            indicator_id=row.id or 0,
            starts_on=figure.starts_on,
            ends_on=figure.ends_on,
            value=figure.value,
            qualifier=figure.qualifier,
            finality=figure.finality,
            source=_source(figure, file),
            coverage=figure.coverage,
            reported_at=clock.now(),
        )
    )
    session.flush()
    kind, reason = figure.break_kind, figure.break_reason
    if kind is not None and reason is not None and break_on(session, row, figure.starts_on) is None:
        keep_break(session, row, starts_on=figure.starts_on, kind=kind, reason=reason)


def _source(figure: Figure, file: IndicatorsFile) -> str:
    """Say where a figure stands, and what there is to know of how it was found."""
    said = [_place(figure.source, file)]
    if figure.replies is not None:
        asked = f", {figure.percent_response}% of those asked" if figure.percent_response is not None else ""
        said.append(f"{figure.replies:,} answered{asked}.")
    if figure.dated_by is DatedBy.DOCUMENT:
        said.append(_UNDATED)
    return " ".join([*said, *([figure.source.note] if figure.source.note else [])])


def _place(source: Source, file: IndicatorsFile) -> str:
    """Name a document, with who issued it and when, and the place in it."""
    document = file.document(source.document)
    dated = as_known(first_day(document.dated), precision(document.dated))
    by = f"{document.issued_by}, " if document.issued_by else ""
    return f"{document.title} ({by}{dated}): {source.section}."
