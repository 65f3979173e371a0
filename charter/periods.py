"""Periods of the annual review: planned, open, closed, published."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.holding import hold_period
from charter.inviting import fix_what_is_asked, invite_everyone
from charter.previews import is_shared
from charter.rules import workflow
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import ClosedError, FieldError, NotFoundError, RefusedError
from charter.typed import clean_text
from charter.words import marked
from db.models import Charter, Period, PeriodChange
from db.types import PeriodState

REASON_LIMIT = 300  # letters


@dataclass(frozen=True)
class PeriodFound:
    """A period as the store has it now."""

    id: int
    ref: str
    title: str
    charter_id: int
    charter_title: str
    opens_on: date
    closes_on: date
    state: PeriodState
    threshold: int
    known_sector: int | None
    made_up: bool
    closed_at: datetime | None
    opened_at: datetime | None = None
    list_source: str = ""
    list_date: date | None = None

    @property
    def named(self) -> str:
        """The title, with the mark of what is made up."""
        return marked(self.title, made_up=self.made_up)

    @property
    def last_day(self) -> date:
        """The last day on which answers are or were taken: a period may be closed before the day that was planned."""
        return last_day_of(closes_on=self.closes_on, closed_at=self.closed_at)

    def takes_answers(self, at: datetime) -> bool:
        """Tell whether answers are taken at a moment: open, and not past the end of its last day."""
        return self.state is PeriodState.OPEN and at <= clock.end_of(self.closes_on)


def last_day_of(*, closes_on: date, closed_at: datetime | None) -> date:
    """Give the last day on which answers are or were taken, from the day that was planned and when it was closed."""
    return closes_on if closed_at is None else min(closes_on, clock.local(closed_at).date())


def find_period(session: Session, *, ref: str) -> PeriodFound:
    """Read a period by its reference, such as `2026`.

    Raises:
        NotFoundError: there is no such period.
    """
    return _found(session, Period.ref == ref, wanted=f"There is no period {ref}.")


def period_by_id(session: Session, *, period_id: int) -> PeriodFound:
    """Read a period by its key.

    Raises:
        NotFoundError: there is no such period.
    """
    return _found(session, Period.id == period_id, wanted="There is no such period.")


def held_period(session: Session, *, ref: str) -> PeriodFound:
    """Read a period and hold its row until the end of the write, so that nobody else changes or publishes it.

    Raises:
        NotFoundError: there is no such period.
    """
    hold_period(session, ref=ref)
    return find_period(session, ref=ref)


def list_periods(session: Session, *, viewer: Viewer) -> tuple[PeriodFound, ...]:
    """Read every period, the one that closes last first.

    Raises:
        NotAllowedError: the viewer may not run periods.
    """
    require(viewer, Act.RUN_PERIODS)
    rows = session.exec(
        select(Period, Charter)
        .join(Charter, col(Charter.id) == Period.charter_id)
        .order_by(col(Period.closes_on).desc(), col(Period.ref).desc())
    )
    return tuple(as_found(*row) for row in rows)


def reasons_for_reopening(session: Session, *, viewer: Viewer, period_id: int) -> tuple[tuple[datetime, str], ...]:
    """Read when and why a period was opened again, in their order.

    Raises:
        NotAllowedError: the viewer may not run periods.
    """
    require(viewer, Act.RUN_PERIODS)
    rows = session.exec(
        select(PeriodChange.changed_at, PeriodChange.reason)
        .where(PeriodChange.period_id == period_id, PeriodChange.reason != "")
        .order_by(col(PeriodChange.id))
    )
    return tuple((at, reason) for at, reason in rows)


def require_open(period: PeriodFound) -> None:
    """Refuse unless the period takes answers at this moment.

    Raises:
        ClosedError: it does not; the message says since when.
    """
    if period.takes_answers(clock.now()):
        return
    if period.state is PeriodState.PLANNED:
        raise ClosedError(f"{period.title} is not open yet. It opens on {clock.day_in_words(period.opens_on)}.")
    raise ClosedError(
        f"{period.title} closed on {clock.day_in_words(period.last_day)}, so it takes no more answers. "
        "Everything that you saved before then is kept."
    )


def require_days_left(period: PeriodFound) -> None:
    """Refuse to open a period whose last day is over: nobody could answer in it.

    It is asked where a person opens a period. The demonstration tells of past years, and opens theirs all the same.

    Raises:
        RefusedError: the last day is over. The message says what to do.
    """
    if period.state in {PeriodState.PLANNED, PeriodState.CLOSED} and period.closes_on < clock.today():
        raise RefusedError(
            f"The last day of {period.title} was {clock.day_in_words(period.closes_on)}, so it cannot be opened. "
            "Open a new period with a later last day. Nothing was changed."
        )


def open_period(session: Session, *, viewer: Viewer, ref: str) -> PeriodFound:
    """Open a period: what it asks is fixed, and every known group and every public body that is asked is invited.

    Raises:
        NotAllowedError: the viewer may not run periods.
        NotFoundError: there is no such period.
        RefusedError: the period is not one that can be opened.
    """
    require(viewer, Act.RUN_PERIODS)
    period = hold_period(session, ref=ref)
    if period.state is PeriodState.CLOSED:
        raise RefusedError(f"{period.title} was closed. To open it again, say why. Nothing was changed.")
    workflow.move_period(period.state, PeriodState.OPEN)
    fix_what_is_asked(session, period)
    invite_everyone(session, period)
    period.opened_at = clock.now()
    return _moved(session, viewer, period, PeriodState.OPEN, act="period_opened")


def reopen_period(
    session: Session, *, viewer: Viewer, ref: str, reason: str, closes_on: date | None = None
) -> PeriodFound:
    """Open a period again that was closed too early, as it was: nothing is asked anew, and nobody is added.

    Args:
        session: a writing session.
        viewer: who asks.
        ref: the period's reference.
        reason: why, in up to 300 letters; it is kept.
        closes_on: another last day, which it needs where the one that was planned is over.

    Raises:
        NotAllowedError: the viewer may not run periods.
        NotFoundError: there is no such period.
        FieldError: there is no reason, or it is too long, or the last day is over.
        RefusedError: the period is not closed, or somebody has seen its figures already: from then on no group's
            answer changes, by rule 9f of the method.
    """
    require(viewer, Act.RUN_PERIODS)
    why = clean_text(reason)
    if not 0 < len(why) <= REASON_LIMIT:
        raise FieldError("reason", f"Say in up to {REASON_LIMIT} letters why it is opened again.")
    period = hold_period(session, ref=ref)
    if period.state is PeriodState.PLANNED:
        raise RefusedError(f"{period.title} has not been open yet, so it cannot be opened again. Nothing was changed.")
    workflow.move_period(period.state, PeriodState.OPEN)
    if is_shared(session, period_id=period.id or 0):
        raise RefusedError(
            "Somebody has seen figures of this review already, so groups’ answers must not change any more and it "
            "stays closed. Nothing was changed."
        )
    last_day = closes_on or period.closes_on
    if last_day < clock.today():
        raise FieldError("closes_on", "The last day is over. Give one from today on, so that people can answer.")
    period.closed_at, period.closes_on = None, last_day
    return _moved(session, viewer, period, PeriodState.OPEN, act="period_reopened", reason=why)


def close_period(session: Session, *, viewer: Viewer, ref: str) -> PeriodFound:
    """Close a period: from now on it takes no answers, and its invitation list is frozen.

    Raises:
        NotAllowedError: the viewer may not run periods.
        NotFoundError: there is no such period.
        RefusedError: the period is not open.
    """
    require(viewer, Act.RUN_PERIODS)
    period = hold_period(session, ref=ref)
    workflow.move_period(period.state, PeriodState.CLOSED)
    period.closed_at = clock.now()
    return _moved(session, viewer, period, PeriodState.CLOSED, act="period_closed")


def _moved(
    session: Session, viewer: Viewer, period: Period, state: PeriodState, *, act: str, reason: str = ""
) -> PeriodFound:
    detail = audit.changes({"state": period.state}, {"state": state})
    period.state = state
    session.add(PeriodChange(period_id=period.id or 0, state=state, reason=reason, changed_at=clock.now()))
    audit.record(session, viewer, act=act, subject=f"period {period.ref}", detail=detail)
    return find_period(session, ref=period.ref)


def _found(session: Session, condition: object, *, wanted: str) -> PeriodFound:
    row = session.exec(
        select(Period, Charter).join(Charter, col(Charter.id) == Period.charter_id).where(condition)  # type: ignore[arg-type]
    ).first()
    if row is None:
        raise NotFoundError(wanted)
    return as_found(*row)


def as_found(period: Period, charter: Charter) -> PeriodFound:
    """Give a period as it is handed on, from its row and its charter's."""
    return PeriodFound(
        id=period.id or 0,
        ref=period.ref,
        title=period.title,
        charter_id=period.charter_id,
        charter_title=charter.title,
        opens_on=period.opens_on,
        closes_on=period.closes_on,
        state=period.state,
        threshold=period.threshold,
        known_sector=period.known_sector,
        made_up=period.made_up,
        closed_at=period.closed_at,
        opened_at=period.opened_at,
        list_source=period.list_source,
        list_date=period.list_date,
    )
