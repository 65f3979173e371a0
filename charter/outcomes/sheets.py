"""Definition sheets: what an indicator means. Each new one stands beside those before, which stay."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.outcomes.breaks import keep_break
from charter.outcomes.held import held_indicator, is_measured, require_seen
from charter.outcomes.typed_values import line, words
from charter.rules.access import Viewer
from charter.rules.refusals import FieldError
from db.models import DefinitionSheet, Indicator
from db.types import BreakKind

_REASON = {
    BreakKind.DEFINITION: "The definition changed: see the definition sheets.",
    BreakKind.COVERAGE: "The coverage changed: see the definition sheets.",
}


@dataclass(frozen=True)
class Sheet:
    """What an indicator means.

    Attributes:
        definition: what is counted, and how.
        source: where the figures come from.
        coverage: whom or what they cover.
        limits: what they do not tell.
        why: why it is worth having.
    """

    definition: str
    source: str = ""
    coverage: str = ""
    limits: str = ""
    why: str = ""


def write_sheet(
    session: Session,
    *,
    viewer: Viewer,
    ref: str,
    sheet: Sheet,
    seen_number: int,
    breaks_from: date | None = None,
    same_meaning: bool = False,
) -> int:
    """Write a new definition sheet, and give its number.

    Where values are there and the definition or the coverage changes, the person says which it is: a break from a day
    on, or the same meaning in other words.

    Args:
        session: a writing session.
        viewer: who asks.
        ref: the indicator.
        sheet: what it means now.
        seen_number: the number of the sheet that the page showed.
        breaks_from: the first day from which values are not compared with those before, or None.
        same_meaning: whether the words alone changed.

    Raises:
        NotFoundError: there is no such indicator.
        NotAllowedError: the viewer may not report for its owner.
        FieldError: words cannot be taken, or it is not said whether values can still be compared.
        EditedElsewhereError: another sheet was written since the page showed this one.
    """
    row = held_indicator(session, viewer=viewer, ref=ref)
    wanted = checked_sheet(sheet)
    last = newest_sheet(session, indicator_id=row.id or 0)
    require_seen(last.number, seen=seen_number)
    kind = _what_changed(last, wanted)
    measured = is_measured(session, indicator_id=row.id or 0)
    if kind is not None and measured and (breaks_from is None) == (not same_meaning):
        raise FieldError(
            "breaks_from",
            "Please say from which day the values mean something else, or that only the words changed. "
            "Nothing was lost.",
        )
    number = keep_sheet(session, row, wanted)
    if breaks_from is not None and kind is not None:
        keep_break(session, row, starts_on=breaks_from, kind=kind, reason=_REASON[kind])
    changed = audit.changes(last.model_dump(), asdict(wanted))
    detail = {"number": number, "breaks_from": breaks_from, "same_meaning": same_meaning, **changed}
    audit.record(session, viewer, act="sheet_written", subject=f"indicator {ref}", detail=detail)
    return number


def checked_sheet(sheet: Sheet) -> Sheet:
    """Give a sheet whose words can be stored.

    Raises:
        FieldError: the definition is missing, or words are too long.
    """
    return Sheet(
        definition=words("definition", sheet.definition, what="what is counted, and how"),
        source=line("source", sheet.source, what="the source", needed=False),
        coverage=line("coverage", sheet.coverage, what="whom the figures cover", needed=False),
        limits=words("limits", sheet.limits, what="what the figures do not tell", needed=False),
        why=words("why", sheet.why, what="why it is worth having", needed=False),
    )


def newest_sheet(session: Session, *, indicator_id: int) -> DefinitionSheet:
    """Read the sheet in force: every indicator has one."""
    sheets = select(DefinitionSheet).where(DefinitionSheet.indicator_id == indicator_id)
    return session.exec(sheets.order_by(col(DefinitionSheet.number).desc()).limit(1)).one()


def keep_sheet(session: Session, row: Indicator, sheet: Sheet) -> int:
    """Store a sheet that was checked, after those that are there, and give its number."""
    before = session.exec(select(DefinitionSheet.number).where(DefinitionSheet.indicator_id == row.id)).all()
    number = max(before, default=0) + 1
    session.add(
        DefinitionSheet(
            indicator_id=row.id or 0,
            number=number,
            definition=sheet.definition,
            source=sheet.source,
            coverage=sheet.coverage,
            limits=sheet.limits,
            why=sheet.why,
            written_at=clock.now(),
        )
    )
    session.flush()
    return number


def _what_changed(last: DefinitionSheet, wanted: Sheet) -> BreakKind | None:
    if last.definition != wanted.definition:
        return BreakKind.DEFINITION
    return BreakKind.COVERAGE if last.coverage != wanted.coverage else None
