"""You said, we will: what a public body will do about its lowest promises, and what becomes of it."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from charter import audit, clock
from charter.actions.held import keep_before
from charter.assessments import organisation_row
from charter.drafting import require_lead
from charter.lowest import Lowest, lowest_commitments
from charter.periods import PeriodFound, held_period
from charter.questions import side_of
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import EditedElsewhereError, FieldError, NotAllowedError, NotFoundError, RefusedError
from charter.saved import Saved
from charter.texts import ELSEWHERE, WRITABLE
from charter.tokens import readable
from charter.typed import clean_text
from db.models import Action, Period, YouSaid
from db.types import ActionStatus, PeriodState, Precision, Side

WORDS_LIMIT = 1000  # letters
HEADING_LIMIT = 200  # letters


@dataclass(frozen=True)
class Planned:
    """An action as it is planned: a heading, and by when; without a date it is ongoing.

    `precision` says whether `due_on` names a day, or any day of the month that is meant.
    """

    heading: str
    due_on: date | None = None
    precision: Precision | None = None


def save_promise(
    session: Session,
    *,
    viewer: Viewer,
    period_ref: str,
    organisation_id: int,
    theme_ref: str,
    we_will: str,
    action: Planned | None,
    no_action_reason: str,
    seen_revision: int,
) -> Saved:
    """Save what a body will do about its lowest promise in a theme, with an action or the reason for none.

    The same content again is saved already: nothing is doubled, and its revision stays. After publishing, a change is
    shown by a correction only, until the review after it is published: that one says what became of the promises as
    they were published.

    Args:
        session: a writing session.
        viewer: who asks.
        period_ref: a period that has closed.
        organisation_id: the body.
        theme_ref: the theme.
        we_will: what it will do, in its own words.
        action: the action behind it, owned by the body; or None.
        no_action_reason: why there is none; empty where there is one.
        seen_revision: the revision that the page showed; 0 where there was none.

    Raises:
        NotAllowedError: the viewer is no partner of this body, or it is no public body.
        RefusedError: the viewer drafts a part only, the period has not closed, a later one is published, or no promise
            of the theme can be shown.
        NotFoundError: the body owes no main promise of this theme.
        FieldError: something is missing, too long, or contradicts itself.
        EditedElsewhereError: it was changed since the page showed it.
    """
    require(viewer, Act.PROMISE, organisation_id=organisation_id)
    if side_of(organisation_row(session, organisation_id).kind) is not Side.PUBLIC:
        raise NotAllowedError("Only a public body promises here. Nothing was changed.")
    require_lead(session, viewer=viewer, organisation_id=organisation_id)
    words, reason = _words("we_will", we_will), clean_text(no_action_reason)
    planned = _checked(action, reason)
    period = held_period(session, ref=period_ref)
    _require_time(session, period)
    lowest = _lowest(session, viewer, period, organisation_id, theme_ref)
    row = _row(session, period, lowest)
    if row.revision and _kept(session, row) == (words, reason, planned, lowest.version_id):
        return Saved(row.revision, row.saved_at)
    if row.revision != seen_revision:
        raise EditedElsewhereError(ELSEWHERE)
    action_id = _keep_action(session, viewer, period, lowest, action_id=row.action_id, planned=planned)
    changed = audit.changes(
        {"we_will": row.we_will, "no_action_reason": row.no_action_reason, "action": row.action_id},
        {"we_will": words, "no_action_reason": reason, "action": action_id},
    )
    row.we_will, row.no_action_reason, row.action_id = words, reason, action_id
    row.commitment_version_id = lowest.version_id
    row.revision, row.saved_at = row.revision + 1, clock.now()
    session.add(row)
    session.flush()
    detail = {"theme": theme_ref, "organisation": organisation_id, **changed}
    audit.record(session, viewer, act="promise_saved", subject=f"period {period.ref}", detail=detail)
    return Saved(row.revision, row.saved_at)


def _require_time(session: Session, period: PeriodFound) -> None:
    if period.state not in WRITABLE:
        raise RefusedError("A promise is written once the review has closed. Nothing was changed.")
    later = session.exec(
        select(Period.title).where(
            Period.charter_id == period.charter_id,
            Period.made_up == period.made_up,
            Period.opens_on > period.opens_on,
            Period.state == PeriodState.PUBLISHED,
        )
    ).first()
    if later is not None:
        raise RefusedError(
            f"{later} is published, and it says what became of the promises of {period.title}. They stay as they are. "
            "Nothing was changed."
        )


def _words(field: str, typed: str) -> str:
    words = clean_text(typed)
    if not words:
        raise FieldError(field, "Please write what your organisation will do. Nothing was lost.")
    if len(words) > WORDS_LIMIT:
        raise FieldError(field, f"This has {len(words):,} letters, and there is room for {WORDS_LIMIT:,}.")
    return words


def _checked(action: Planned | None, reason: str) -> Planned | None:
    if action is None:
        if not reason:
            raise FieldError("no_action_reason", "Please say why there is no action, or name one. Nothing was lost.")
        if len(reason) > WORDS_LIMIT:
            raise FieldError("no_action_reason", f"There is room for {WORDS_LIMIT:,} letters. Nothing was lost.")
        return None
    heading = " ".join(clean_text(action.heading).split())
    if reason:
        raise FieldError("no_action_reason", "Give an action, or the reason for none, and not both. Nothing was lost.")
    if not 0 < len(heading) <= HEADING_LIMIT:
        raise FieldError("heading", f"Please name the action in up to {HEADING_LIMIT} letters. Nothing was lost.")
    if (action.due_on is None) != (action.precision is None):
        raise FieldError("due", "Please choose by when: a date, a month, or ongoing. Nothing was lost.")
    due = action.due_on.replace(day=1) if action.due_on and action.precision is Precision.MONTH else action.due_on
    return Planned(heading, due, action.precision)


def _lowest(session: Session, viewer: Viewer, period: PeriodFound, organisation_id: int, theme_ref: str) -> Lowest:
    found = lowest_commitments(session, viewer=viewer, period_ref=period.ref, organisation_id=organisation_id)
    lowest = next((one for one in found if one.theme_ref == theme_ref), None)
    if lowest is None:
        raise NotFoundError("Your organisation owes no main promise of this theme. Nothing was changed.")
    if not lowest.ref:
        raise RefusedError("No main promise of this theme has a score that may be shown. Nothing was changed.")
    return lowest


def _row(session: Session, period: PeriodFound, lowest: Lowest) -> YouSaid:
    row = session.exec(
        select(YouSaid).where(
            YouSaid.period_id == period.id,
            YouSaid.organisation_id == lowest.organisation_id,
            YouSaid.theme_id == lowest.theme_id,
        )
    ).first()
    return row or YouSaid(
        period_id=period.id,
        organisation_id=lowest.organisation_id,
        theme_id=lowest.theme_id,
        commitment_version_id=lowest.version_id,
        we_will="",
        revision=0,
        saved_at=clock.now(),
    )


def _kept(session: Session, row: YouSaid) -> tuple[str, str, Planned | None, int]:
    """Give what is stored of a promise: its words, the reason for no action, the action, and what it is about."""
    action = session.get(Action, row.action_id) if row.action_id is not None else None
    planned = Planned(action.heading, action.due_on, action.due_precision) if action is not None else None
    return row.we_will, row.no_action_reason, planned, row.commitment_version_id


def _keep_action(
    session: Session,
    viewer: Viewer,
    period: PeriodFound,
    lowest: Lowest,
    *,
    action_id: int | None,
    planned: Planned | None,
) -> int | None:
    """Make or change the action behind a promise. One that is not meant any more is stopped, and kept."""
    # Held, so that what is said of it meanwhile on the page of actions is neither lost nor overtaken.
    row = session.get(Action, action_id, with_for_update=True) if action_id is not None else None
    if planned is None:
        if row is not None and row.status is not ActionStatus.STOPPED:
            keep_before(session, row, viewer=viewer)
            row.status = ActionStatus.STOPPED
        return None
    if row is None:
        return _new_action(session, period, lowest, planned)
    if (row.heading, row.due_on, row.due_precision) != (planned.heading, planned.due_on, planned.precision):
        keep_before(session, row, viewer=viewer)
        row.heading, row.due_on, row.due_precision = planned.heading, planned.due_on, planned.precision
    return row.id


def _new_action(session: Session, period: PeriodFound, lowest: Lowest, planned: Planned) -> int | None:
    now = clock.now()
    row = Action(
        ref=f"AC-{readable()}",
        organisation_id=lowest.organisation_id,
        heading=planned.heading,
        due_on=planned.due_on,
        due_precision=planned.precision,
        created_at=now,
        changed_at=now,
        made_up=period.made_up,
    )
    session.add(row)
    session.flush()
    return row.id
