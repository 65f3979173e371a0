"""What the monitoring group does with a concern: ask an officer to attend, and decide. Nobody decides on their own."""

from datetime import date

from sqlmodel import Session

from charter import audit, clock
from charter.actions.reading import ActionNow, read_actions
from charter.concerns.letters import Reader, tell
from charter.concerns.outcome import Agreed, make_or_revise
from charter.concerns.seeing import require_same, seen_concern
from charter.concerns.steps import answered_since, came_to, take_step
from charter.outcomes.typed_values import line
from charter.outcomes.typed_values import words as checked_words
from charter.rules.access import Viewer
from charter.rules.concerns import answer_by, may_decide, may_go_on
from charter.rules.refusals import NotAllowedError, RefusedError
from db.models import Concern
from db.types import ConcernState

OFFICER_LIMIT = 200  # letters
_OFFICER = "The monitoring group asks an officer of {body} to come and talk about a concern."
_DECIDED = "The monitoring group has decided on a concern about how {body} keeps a promise of the charter."
_NOT_YOURS = (
    "The monitoring group decides on concerns, and nobody decides on one of their own organisation. "
    "Nothing was changed."
)


def ask_officer(session: Session, *, viewer: Viewer, ref: str, officer: str, words: str, seen_revision: int) -> None:
    """Ask an officer of the body to come to the monitoring group. Both sides read whom, and what for.

    Args:
        session: a writing session.
        viewer: somebody of the monitoring group, of neither side.
        ref: the concern.
        officer: whom, by name or post, up to 200 letters.
        words: what for, and when; up to 4,000 letters.
        seen_revision: the revision that the page showed.

    Raises:
        NotFoundError: there is no such concern that the viewer may see.
        NotAllowedError: the viewer is not of the monitoring group, or is of one of the two sides.
        RefusedError: it is not with the monitoring group.
        FieldError: the officer or the words are missing or too long.
        EditedElsewhereError: it moved on since the page showed it.
    """
    row = _held_to_decide(session, viewer=viewer, ref=ref, seen_revision=seen_revision)
    who = line("officer", officer, what="whom you ask to come", limit=OFFICER_LIMIT)
    said = checked_words("words", words, what="what you want to talk about, and when")
    detail = take_step(session, row, viewer=viewer, state=ConcernState.WITH_MONITORING_GROUP, words=said, officer=who)
    audit.record(session, viewer, act="concern_officer_asked", subject=f"concern {ref}", detail=detail)
    tell(session, viewer=viewer, row=row, news=_OFFICER, to={Reader.CHAMPION, Reader.LEADS, Reader.RAISER})


def decide(
    session: Session,
    *,
    viewer: Viewer,
    ref: str,
    agreed: bool,
    words: str,
    seen_revision: int,
    action: Agreed | None = None,
) -> None:
    """Decide on a concern: a way forward was agreed, or none was. What is agreed may make or revise an action.

    The body's right of reply comes first: it has answered the monitoring group, or had two weeks to.

    Args:
        session: a writing session.
        viewer: somebody of the monitoring group, of neither side.
        ref: the concern.
        agreed: whether a way forward was agreed.
        words: what was agreed, or why nothing was; up to 4,000 letters.
        seen_revision: the revision that the page showed.
        action: the action that was agreed: a new one of the body, or what one of its own becomes.

    Raises:
        NotFoundError: there is no such concern that the viewer may see, or no such action of the body.
        NotAllowedError: the viewer is not of the monitoring group, or is of one of the two sides.
        RefusedError: it is not with the monitoring group, the body still has time to answer, or there is an action
            though nothing was agreed.
        FieldError: the words, or a field of the action, are missing or too long.
        EditedElsewhereError: it, or the action, was changed since the page showed it.
    """
    row = _held_to_decide(session, viewer=viewer, ref=ref, seen_revision=seen_revision)
    said = checked_words("words", words, what="what was agreed, or why nothing was")
    if (last := body_has_until(session, row)) is not None:
        raise RefusedError(
            f"The public body has a right of reply, until {clock.day_in_words(last)}. You can decide when it has "
            "answered, or after that day. Nothing was changed."
        )
    if action is not None and not agreed:
        raise RefusedError("An action comes of what was agreed. Leave it out, or agree. Nothing was changed.")
    if action is not None:
        make_or_revise(session, viewer=viewer, row=row, agreed=action)
    state = ConcernState.AGREED if agreed else ConcernState.NOT_AGREED
    detail = take_step(session, row, viewer=viewer, state=state, words=said)
    audit.record(session, viewer, act="concern_decided", subject=f"concern {ref}", detail=detail)
    tell(session, viewer=viewer, row=row, news=_DECIDED, to={Reader.CHAMPION, Reader.LEADS, Reader.RAISER})


def actions_to_revise(session: Session, *, viewer: Viewer, ref: str) -> tuple[ActionNow, ...]:
    """Read the actions of the body concerned, of which one may be revised by a decision.

    Raises:
        NotFoundError: there is no such concern that the viewer may see.
        NotAllowedError: the viewer is not of the monitoring group, or is of one of the two sides.
    """
    seen = seen_concern(session, viewer=viewer, ref=ref)
    if not may_decide(seen.parts):
        raise NotAllowedError(_NOT_YOURS)
    found = read_actions(session, viewer=viewer)
    return tuple(each for each in found if each.fields.organisation_id == seen.row.about_id)


def body_has_until(session: Session, row: Concern) -> date | None:
    """Give the day until which the body may still answer before the monitoring group decides; None where it may now."""
    since = came_to(session, row)
    answered = answered_since(session, row, organisation_id=row.about_id)
    return None if may_go_on(since=since, today=clock.today(), answered=answered) else answer_by(since)


def _held_to_decide(session: Session, *, viewer: Viewer, ref: str, seen_revision: int) -> Concern:
    seen = seen_concern(session, viewer=viewer, ref=ref, held=True)
    if not may_decide(seen.parts):
        raise NotAllowedError(_NOT_YOURS)
    require_same(seen.row, seen_revision=seen_revision)
    if seen.row.state is not ConcernState.WITH_MONITORING_GROUP:
        raise RefusedError("This concern is not with the monitoring group now. Nothing was changed.")
    return seen.row
