"""Raising a concern, and what whoever raised it may do with it: pass it on, settle it, or withdraw it."""

from datetime import date

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.assessments import organisation_row
from charter.concerns.choices import owes
from charter.concerns.letters import Reader, tell
from charter.concerns.seeing import champion_can_read, require_same, seen_concern
from charter.concerns.steps import answered_since, came_to, take_step
from charter.drafting import require_lead
from charter.outcomes.typed_values import words as checked_words
from charter.rules.access import Act, Viewer, require
from charter.rules.concerns import answer_by, may_act_for_raiser, may_go_on
from charter.rules.refusals import FieldError, NotAllowedError, NotFoundError, RefusedError
from charter.tokens import readable
from db.models import Commitment, Concern, Organisation
from db.types import PUBLIC_KINDS, ConcernState, OrganisationKind

_RAISED = (
    "A concern was raised about how {body} keeps a promise of the charter. You are its charter champion, so it comes "
    "to you first."
)
_TYPED_IN = "The person who runs the review has typed in a concern for your organisation, as you asked."
_PASSED_ON = "A concern about how {body} keeps a promise of the charter was passed on to the monitoring group."
_SETTLED = "A concern about how {body} keeps a promise of the charter was settled: both sides agreed what happens."
_WITHDRAWN = "A concern about how {body} keeps a promise of the charter was withdrawn."
_NOT_YOURS = "Only whoever raised this concern can do that, or the person who runs the review. Nothing was changed."


def raise_concern(
    session: Session, *, viewer: Viewer, organisation_id: int, about_id: int, commitment_ref: str, words: str
) -> str:
    """Raise a concern about how a public body keeps a promise, and give its reference. Its champion is written to.

    Args:
        session: a writing session.
        viewer: somebody of the organisation that raises it, or the coordinator for one that rang up or wrote.
        organisation_id: who raises it.
        about_id: the public body.
        commitment_ref: the promise, which the body owes.
        words: what it is about, up to 4,000 letters.

    Raises:
        NotAllowedError: the viewer may not raise one for this organisation.
        RefusedError: the viewer drafts a part only, or one of the two is made up and the other is not.
        NotFoundError: there is no such organisation, public body or promise.
        FieldError: the words are missing or too long, the body does not owe the promise, or it raises one about itself.
    """
    require(viewer, Act.RAISE_CONCERNS, organisation_id=organisation_id)
    if organisation_id in viewer.organisations():
        require_lead(session, viewer=viewer, organisation_id=organisation_id)
    said = checked_words("words", words, what="what your concern is")
    raiser, body = organisation_row(session, organisation_id), organisation_row(session, about_id)
    _require_pair(raiser, body)
    commitment = session.exec(select(Commitment).where(col(Commitment.ref) == commitment_ref)).first()
    if commitment is None:
        raise NotFoundError("There is no such promise in the charter. Nothing was changed.")
    if not owes(session, commitment_id=commitment.id or 0, organisation_id=about_id, on=clock.today()):
        raise FieldError(
            "commitment", f"{body.name} does not owe this promise. Choose one of its own. Nothing was lost."
        )
    row = Concern(
        ref=f"CN-{readable()}",
        commitment_id=commitment.id or 0,
        raised_by_id=organisation_id,
        about_id=about_id,
        words=said,
        account_id=viewer.account_id,
        revision=0,
        raised_at=clock.now(),
    )
    session.add(row)
    session.flush()
    detail = take_step(session, row, viewer=viewer, state=ConcernState.WITH_CHAMPION)
    audit.record(session, viewer, act="concern_raised", subject=f"concern {row.ref}", detail=detail)
    tell(session, viewer=viewer, row=row, news=_RAISED, to={Reader.CHAMPION})
    if organisation_id not in viewer.organisations():
        tell(session, viewer=viewer, row=row, news=_TYPED_IN, to={Reader.RAISER})
    return row.ref


def pass_on(session: Session, *, viewer: Viewer, ref: str, words: str, seen_revision: int) -> None:
    """Pass a concern on to the monitoring group, once the champion has answered or had two weeks to.

    Where nobody who is the body's champion can sign in, it may be passed on at once. From now on the leads of the body
    see it too.

    Args:
        session: a writing session.
        viewer: somebody of the organisation that raised it, or the coordinator.
        ref: the concern.
        words: why; may be empty.
        seen_revision: the revision that the page showed.

    Raises:
        NotFoundError: there is no such concern that the viewer may see.
        NotAllowedError: the viewer is not of whoever raised it.
        RefusedError: it is not with the champion, or the champion still has time to answer.
        FieldError: the words are too long.
        EditedElsewhereError: it moved on since the page showed it.
    """
    row = _held_for_raiser(session, viewer=viewer, ref=ref, seen_revision=seen_revision)
    said = checked_words("words", words, what="why", needed=False)
    if row.state is ConcernState.WITH_CHAMPION and (last := champion_has_until(session, row)) is not None:
        raise RefusedError(
            f"The champion comes first, and has until {clock.day_in_words(last)} to answer. You can pass it on when "
            "there is an answer, or after that day. Nothing was changed."
        )
    detail = take_step(session, row, viewer=viewer, state=ConcernState.WITH_MONITORING_GROUP, words=said)
    audit.record(session, viewer, act="concern_passed_on", subject=f"concern {ref}", detail=detail)
    everybody = {Reader.CHAMPION, Reader.LEADS, Reader.RAISER, Reader.MONITORS}
    tell(session, viewer=viewer, row=row, news=_PASSED_ON, to=everybody)


def champion_has_until(session: Session, row: Concern) -> date | None:
    """Give the day until which a concern waits for the champion's answer; None where it may be passed on now."""
    since = came_to(session, row)
    ready = may_go_on(
        since=since,
        today=clock.today(),
        answered=answered_since(session, row, organisation_id=row.about_id),
        can_answer=champion_can_read(session, organisation_id=row.about_id),
    )
    return None if ready else answer_by(since)


def settle(session: Session, *, viewer: Viewer, ref: str, words: str, seen_revision: int) -> None:
    """Write down what was agreed with the champion: the concern is over without the monitoring group.

    Raises:
        NotFoundError: there is no such concern that the viewer may see.
        NotAllowedError: the viewer is not of whoever raised it.
        RefusedError: it is with the monitoring group, which decides, or is closed.
        FieldError: the words are missing or too long.
        EditedElsewhereError: it moved on since the page showed it.
    """
    row = _held_for_raiser(session, viewer=viewer, ref=ref, seen_revision=seen_revision)
    if row.state is ConcernState.WITH_MONITORING_GROUP:
        raise RefusedError(
            "It is with the monitoring group, which decides now. You can withdraw it. Nothing was changed."
        )
    said = checked_words("words", words, what="what you agreed")
    detail = take_step(session, row, viewer=viewer, state=ConcernState.AGREED, words=said)
    audit.record(session, viewer, act="concern_settled", subject=f"concern {ref}", detail=detail)
    tell(session, viewer=viewer, row=row, news=_SETTLED, to={Reader.CHAMPION, Reader.RAISER})


def withdraw(session: Session, *, viewer: Viewer, ref: str, words: str, seen_revision: int) -> None:
    """Withdraw a concern. It stays to be read by those who saw it.

    Raises:
        NotFoundError: there is no such concern that the viewer may see.
        NotAllowedError: the viewer is not of whoever raised it.
        RefusedError: it is closed.
        FieldError: the words are too long.
        EditedElsewhereError: it moved on since the page showed it.
    """
    row = _held_for_raiser(session, viewer=viewer, ref=ref, seen_revision=seen_revision)
    end(session, viewer=viewer, row=row, words=checked_words("words", words, what="why", needed=False))


def end(session: Session, *, viewer: Viewer, row: Concern, words: str = "") -> None:
    """Withdraw a concern that is held, and write to those who could read it. The caller has asked who may.

    Raises:
        RefusedError: it is closed.
    """
    readers = {Reader.CHAMPION, Reader.RAISER}
    if row.state is ConcernState.WITH_MONITORING_GROUP:
        readers |= {Reader.LEADS, Reader.MONITORS}
    detail = take_step(session, row, viewer=viewer, state=ConcernState.WITHDRAWN, words=words)
    audit.record(session, viewer, act="concern_withdrawn", subject=f"concern {row.ref}", detail=detail)
    tell(session, viewer=viewer, row=row, news=_WITHDRAWN, to=readers)


def _held_for_raiser(session: Session, *, viewer: Viewer, ref: str, seen_revision: int) -> Concern:
    seen = seen_concern(session, viewer=viewer, ref=ref, held=True)
    if not may_act_for_raiser(seen.parts):
        raise NotAllowedError(_NOT_YOURS)
    require_same(seen.row, seen_revision=seen_revision)
    return seen.row


def _require_pair(raiser: Organisation, body: Organisation) -> None:
    if body.kind not in PUBLIC_KINDS or (body.ends_on is not None and body.ends_on < clock.today()):
        raise NotFoundError("There is no such public body today. Nothing was changed.")
    if raiser.kind is OrganisationKind.BOARD:
        raise RefusedError("A board raises no concern: one of its members does. Nothing was changed.")
    if raiser.id == body.id:
        raise FieldError("about", "A concern is about another organisation. Choose one. Nothing was lost.")
    if raiser.made_up != body.made_up:
        raise RefusedError("One of the two is made up, and the other is real. Nothing was changed.")
