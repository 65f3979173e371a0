"""Planning a period of the annual review, and changing its plan."""

import re
from dataclasses import asdict, dataclass
from datetime import date

from sqlmodel import Session, select

from charter import audit, clock
from charter.holding import hold_period
from charter.periods import PeriodFound, as_found, find_period
from charter.rules.access import Act, Viewer, require
from charter.rules.disclosure import THRESHOLD
from charter.rules.refusals import EditedElsewhereError, FieldError, NotFoundError, RefusedError
from charter.typed import clean_text
from db.models import Charter, Period
from db.types import CharterState, PeriodState

_REF = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REF_LIMIT = 40  # letters: a period's reference stands in addresses, files and the references of its releases
TITLE_LIMIT = 120  # letters
SOURCE_LIMIT = 300  # letters
MOST_IN_A_SECTOR = 1_000_000  # groups


@dataclass(frozen=True)
class _Plan:
    """What is planned of a period, as it was typed."""

    title: str
    opens_on: date
    closes_on: date
    list_source: str
    list_date: date
    known_sector: int | None


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
    threshold: int = THRESHOLD,
    made_up: bool = False,
) -> PeriodFound:
    """Add a planned period, with its reference for addresses and files, such as `2026`.

    It closes at the end of the day `closes_on`. `list_source` and `list_date` say where the invitation list comes from;
    `known_sector` is how many groups are known to exist, or None where nobody knows. `threshold`, 10 or more, is the
    number of groups below which no score is shown: it is promised on the form, and never lowered after.

    Raises:
        NotAllowedError: the viewer may not run periods.
        FieldError: a value cannot be taken.
        NotFoundError: there is no such charter.
        RefusedError: the charter's text is not held.
    """
    require(viewer, Act.RUN_PERIODS)
    _check_ref(session, ref)
    if threshold < THRESHOLD:
        raise FieldError("threshold", f"Give {THRESHOLD} or more: it protects small groups.")
    charter = _assessed(session, charter_ref)
    period = Period(ref=ref, title="", charter_id=charter.id or 0, opens_on=opens_on, closes_on=closes_on)
    period.threshold, period.made_up = threshold, made_up
    _write_plan(period, _Plan(title, opens_on, closes_on, list_source, list_date, known_sector))
    session.add(period)
    session.flush()
    audit.record(session, viewer, act="period_planned", subject=f"period {ref}")
    return as_found(period, charter)


def change_plan(
    session: Session,
    *,
    viewer: Viewer,
    ref: str,
    seen: PeriodFound,
    title: str,
    opens_on: date,
    closes_on: date,
    list_source: str,
    list_date: date,
    known_sector: int | None,
) -> PeriodFound:
    """Change the plan of a period that is planned or open. The first day of an open one stays as it was.

    `seen` is the period as the page showed it: what somebody else changed since is not overwritten. What is planned is
    as in `plan_period`; the last day of a period that is open is today or later.

    Raises:
        NotAllowedError: the viewer may not run periods.
        NotFoundError: there is no such period.
        RefusedError: the period is closed or published.
        EditedElsewhereError: somebody else changed it since the page showed it.
        FieldError: a value cannot be taken.
    """
    require(viewer, Act.RUN_PERIODS)
    period = hold_period(session, ref=ref)
    found = find_period(session, ref=ref)
    _require_changeable(found, seen=seen, opens_on=opens_on, closes_on=closes_on)
    plan = _Plan(title, opens_on, closes_on, list_source, list_date, known_sector)
    detail = audit.changes({name: getattr(period, name) for name in asdict(plan)}, asdict(plan))
    _write_plan(period, plan)
    audit.record(session, viewer, act="period_changed", subject=f"period {ref}", detail=detail)
    return find_period(session, ref=ref)


def _require_changeable(found: PeriodFound, *, seen: PeriodFound, opens_on: date, closes_on: date) -> None:
    if found.state not in {PeriodState.PLANNED, PeriodState.OPEN}:
        raise RefusedError(f"{found.title} is {found.state.value}, so its plan stays as it is. Nothing was changed.")
    if found != seen:
        raise EditedElsewhereError(
            "Somebody else changed this period after this page showed it. Nothing was overwritten: look at what is "
            "here now, and change it again if you still want to."
        )
    if found.state is PeriodState.OPEN and (opens_on != found.opens_on or closes_on < clock.today()):
        raise FieldError("closes_on", "It is open: the first day stays, and the last day is today or later.")


def _write_plan(period: Period, plan: _Plan) -> None:
    """Check what a period's plan says, and write it into its row.

    Raises:
        FieldError: a value cannot be taken; nothing was written.
    """
    title, list_source = clean_text(plan.title), clean_text(plan.list_source)
    if not 0 < len(title) <= TITLE_LIMIT:
        raise FieldError("title", f"A title has 1 to {TITLE_LIMIT} letters.")
    if plan.closes_on < plan.opens_on:
        raise FieldError("closes_on", "The last day must not come before the first day.")
    if len(list_source) > SOURCE_LIMIT:
        raise FieldError("list_source", f"There is room for {SOURCE_LIMIT} letters. Please make it shorter.")
    if plan.known_sector is not None and not 0 < plan.known_sector <= MOST_IN_A_SECTOR:
        raise FieldError("known_sector", "Give how many groups are known, as a number above 0, or leave it empty.")
    period.title, period.opens_on, period.closes_on = title, plan.opens_on, plan.closes_on
    period.list_source, period.list_date, period.known_sector = list_source, plan.list_date, plan.known_sector


def _check_ref(session: Session, ref: str) -> None:
    if len(ref) > _REF_LIMIT or not _REF.fullmatch(ref):
        raise FieldError("ref", f"A reference has up to {_REF_LIMIT} small letters, digits and hyphens, such as 2026.")
    if session.exec(select(Period.id).where(Period.ref == ref)).first() is not None:
        raise FieldError("ref", f"There is a period {ref} already.")


def _assessed(session: Session, ref: str) -> Charter:
    charter = session.exec(select(Charter).where(Charter.ref == ref)).first()
    if charter is None:
        raise NotFoundError(f"There is no charter {ref}.")
    if charter.state is not CharterState.ASSESSED:
        raise RefusedError(f"The text of {charter.title} is not held, so it cannot be assessed.")
    return charter
