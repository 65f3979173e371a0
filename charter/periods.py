"""Periods of the annual review: planned, open, closed, published."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.questions import asked_versions, owing_bodies, questions_for, side_of
from charter.rules import workflow
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import ClosedError, FieldError, NotFoundError, RefusedError
from db.bulk import insert_rows
from db.models import (
    AskedCommitment,
    Charter,
    Commitment,
    CommitmentVersion,
    Invitation,
    Organisation,
    Period,
)
from db.types import PUBLIC_KINDS, VCFSE_KINDS, CharterState, Continuity, OrganisationKind, PeriodState, Side

_REF = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REF_LIMIT = 40  # letters: a period's reference stands in addresses, files and the references of its releases
_TITLE_LIMIT = 120  # letters


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

    @property
    def last_day(self) -> date:
        """The last day on which answers are or were taken: a period may be closed before the day that was planned."""
        if self.closed_at is None:
            return self.closes_on
        return min(self.closes_on, clock.local(self.closed_at).date())

    def takes_answers(self, at: datetime) -> bool:
        """Tell whether answers are taken at a moment: open, and not past the end of its last day."""
        return self.state is PeriodState.OPEN and at <= clock.end_of(self.closes_on)


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


def plan_period(
    session: Session,
    *,
    viewer: Viewer,
    ref: str,
    title: str,
    charter_ref: str,
    opens_on: date,
    closes_on: date,
    list_source: str,
    list_date: date,
    known_sector: int | None = None,
    made_up: bool = False,
) -> PeriodFound:
    """Add a planned period, with its reference for addresses and files, such as `2026`.

    It closes at the end of the day `closes_on`. `list_source` and `list_date` say where the invitation list comes from;
    `known_sector` is how many groups are known to exist, or None where nobody knows.

    Raises:
        NotAllowedError: the viewer may not run periods.
        FieldError: a value cannot be taken.
        NotFoundError: there is no such charter.
        RefusedError: the charter's text is not held.
    """
    require(viewer, Act.RUN_PERIODS)
    _check_plan(session, ref=ref, title=title, opens_on=opens_on, closes_on=closes_on)
    charter = _assessed(session, charter_ref)
    period = Period(ref=ref, title=title, charter_id=charter.id or 0, opens_on=opens_on, closes_on=closes_on)
    period.list_source, period.list_date, period.known_sector = list_source, list_date, known_sector
    period.made_up = made_up
    session.add(period)
    session.flush()
    audit.record(session, viewer, act="period_planned", subject=f"period {ref}")
    return _as_found(period, charter)


def open_period(session: Session, *, viewer: Viewer, ref: str) -> PeriodFound:
    """Open a period: what it asks is fixed, and every known group and every public body that is asked is invited.

    One that was closed too early opens again as it was: nothing is asked anew, and nobody is added.

    Raises:
        NotAllowedError: the viewer may not run periods.
        NotFoundError: there is no such period.
        RefusedError: the period is not one that can be opened.
    """
    require(viewer, Act.RUN_PERIODS)
    period = _row(session, ref)
    workflow.move_period(period.state, PeriodState.OPEN)
    if period.state is PeriodState.PLANNED:
        _fix_what_is_asked(session, period)
        _invite(session, period)
        period.opened_at = clock.now()
    period.state = PeriodState.OPEN
    period.closed_at = None
    session.flush()
    audit.record(session, viewer, act="period_opened", subject=f"period {ref}")
    return find_period(session, ref=ref)


def close_period(session: Session, *, viewer: Viewer, ref: str) -> PeriodFound:
    """Close a period: from now on it takes no answers, and its invitation list is frozen.

    Raises:
        NotAllowedError: the viewer may not run periods.
        NotFoundError: there is no such period.
        RefusedError: the period is not open.
    """
    require(viewer, Act.RUN_PERIODS)
    period = _row(session, ref)
    workflow.move_period(period.state, PeriodState.CLOSED)
    period.state = PeriodState.CLOSED
    period.closed_at = clock.now()
    session.flush()
    audit.record(session, viewer, act="period_closed", subject=f"period {ref}")
    return find_period(session, ref=ref)


def _row(session: Session, ref: str) -> Period:
    period = session.exec(select(Period).where(Period.ref == ref).with_for_update()).first()
    if period is None:
        raise NotFoundError(f"There is no period {ref}.")
    return period


def _found(session: Session, condition: object, *, wanted: str) -> PeriodFound:
    row = session.exec(
        select(Period, Charter).join(Charter, col(Charter.id) == Period.charter_id).where(condition)  # type: ignore[arg-type]
    ).first()
    if row is None:
        raise NotFoundError(wanted)
    return _as_found(*row)


def _as_found(period: Period, charter: Charter) -> PeriodFound:
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
    )


def _check_plan(session: Session, *, ref: str, title: str, opens_on: date, closes_on: date) -> None:
    if len(ref) > _REF_LIMIT or not _REF.fullmatch(ref):
        raise FieldError("ref", f"A reference has up to {_REF_LIMIT} small letters, digits and hyphens, such as 2026.")
    if not 0 < len(title.strip()) <= _TITLE_LIMIT:
        raise FieldError("title", f"A title has 1 to {_TITLE_LIMIT} letters.")
    if closes_on < opens_on:
        raise FieldError("closes_on", "The last day must not come before the first day.")
    if session.exec(select(Period.id).where(Period.ref == ref)).first() is not None:
        raise FieldError("ref", f"There is a period {ref} already.")


def _assessed(session: Session, ref: str) -> Charter:
    charter = session.exec(select(Charter).where(Charter.ref == ref)).first()
    if charter is None:
        raise NotFoundError(f"There is no charter {ref}.")
    if charter.state is not CharterState.ASSESSED:
        raise RefusedError(f"The text of {charter.title} is not held, so it cannot be assessed.")
    return charter


def _fix_what_is_asked(session: Session, period: Period) -> None:
    """Ask the newest version of each commitment, but for a one-off that is done."""
    rows = session.exec(
        select(Commitment, CommitmentVersion)
        .join(CommitmentVersion, col(CommitmentVersion.commitment_id) == Commitment.id)
        .where(Commitment.charter_id == period.charter_id)
        .order_by(col(CommitmentVersion.number))
    )
    newest = {
        commitment.id: version.id
        for commitment, version in rows
        if commitment.continuity is Continuity.STANDING or commitment.done_on is None
    }
    if not newest:
        raise RefusedError("There is nothing left to ask in this period: the charter has no open commitments.")
    session.add_all(
        AskedCommitment(period_id=period.id or 0, commitment_version_id=version_id or 0)
        for version_id in newest.values()
    )
    session.flush()


def _invite(session: Session, period: Period) -> None:
    """Invite every known group, and each public body that is asked something. Made-up and real never meet."""
    on = period.opens_on
    versions = asked_versions(session, period_id=period.id or 0)
    owing = owing_bodies(session, on=on)
    rows = session.exec(
        select(Organisation.id, Organisation.kind).where(
            Organisation.made_up == period.made_up,
            col(Organisation.kind).in_(VCFSE_KINDS | PUBLIC_KINDS),
            col(Organisation.starts_on).is_(None) | (col(Organisation.starts_on) <= on),
            col(Organisation.ends_on).is_(None) | (col(Organisation.ends_on) >= on),
        )
    )
    invited = [
        {"period_id": period.id, "organisation_id": key}
        for key, kind in rows
        if side_of(OrganisationKind(kind)) is Side.VCFSE
        or questions_for(versions, organisation_id=key or 0, side=Side.PUBLIC, owing=owing)
    ]
    insert_rows(session, Invitation, invited)
