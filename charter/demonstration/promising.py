"""What the made-up public bodies promised after each review, what became of it, and one correction."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlmodel import Session, col, select

from charter import clock
from charter.corrections import correct_release
from charter.demonstration.acting import settle_promised
from charter.demonstration.outcomes import freeze_as_then
from charter.lowest import Lowest, lowest_commitments
from charter.rules.access import Viewer
from charter.tokens import readable
from db.models import Action, EarlyAccess, Organisation, Period, PeriodText, Release, SelfAssessment, YouSaid
from db.types import Precision, ReleaseTextKind, SelfAssessmentState

CORRECTED = 0  # the round whose figures were put right
_LATE = "DEMO-POLICE"
_REASON = "The police’s answers had not been read in time. They are in now. No group’s answer changed."
_WILL: Mapping[str, tuple[str, str]] = {
    "engagement": ("show groups what their answers changed", "Publish “what we changed” after each consultation"),
    "empowerment": ("sit down with groups before funding rounds open", "Hold a funding morning twice a year"),
    "equality": ("ask those who are not heard how we should reach them", "Visit one group a month with an open diary"),
}
_ANY = ("look at this promise with the groups that scored it", "Hold a meeting on it")
_NO_ACTION = "We have no money for more this year, and will look at it again in the next review."
_TEXTS = {
    ReleaseTextKind.WHAT_IT_MEANS: (
        "Groups see more of the charter than when we began, but less than public bodies think.\n"
        "The gap is widest where money is concerned."
    ),
    ReleaseTextKind.DECISIONS_ASKED: (
        "Agree the promises that public bodies made on the page “You said”.\n"
        "Ask for a report in six months on those that are off track."
    ),
}
_REPLY = "We accept these figures. The year was a hard one, and we have begun to put the lowest one right."


def promise(session: Session, *, viewer: Viewer, period_ref: str) -> None:
    """Write the promises, texts and one reply of a round that has closed; what was promised before is settled."""
    period = session.exec(select(Period).where(Period.ref == period_ref)).one()
    settle_promised(session, on=period.closes_on)
    found = lowest_commitments(session, viewer=viewer, period_ref=period_ref)
    for number, lowest in enumerate(one for one in found if one.ref):
        _promise_one(session, period, lowest, with_action=number != len(_WILL))
    at = clock.end_of(period.closes_on)
    for kind, words in _TEXTS.items():
        session.add(PeriodText(period_id=period.id or 0, kind=kind, words=words, saved_at=at))
    _reply(session, period)
    session.flush()


def leave_one_out(session: Session, *, period_ref: str) -> None:
    """Have one body's answers wait for the monitoring group, so that there is something to put right."""
    _late(session, period_ref).state = SelfAssessmentState.SUBMITTED
    session.flush()


def put_right(session: Session, *, viewer: Viewer, period_ref: str) -> None:
    """Publish a correction of a round, two weeks after it was published."""
    _late(session, period_ref).state = SelfAssessmentState.REVIEWED
    session.flush()
    first = session.exec(select(Release).where(Release.ref == f"{period_ref}.1")).one()
    made = correct_release(session, viewer=viewer, ref=first.ref, reason=_REASON)
    correction = session.get_one(Release, made.id)
    correction.published_at = first.published_at + timedelta(days=14)
    session.flush()
    freeze_as_then(session, release=correction)


def _late(session: Session, period_ref: str) -> SelfAssessment:
    return session.exec(
        select(SelfAssessment)
        .join(Organisation, col(Organisation.id) == SelfAssessment.organisation_id)
        .join(Period, col(Period.id) == SelfAssessment.period_id)
        .where(Organisation.ref == _LATE, Period.ref == period_ref)
    ).one()


def _promise_one(session: Session, period: Period, lowest: Lowest, *, with_action: bool) -> None:
    we_will, heading = _WILL.get(lowest.theme_ref, _ANY)
    at = clock.end_of(period.closes_on)
    action_id = None
    if with_action:
        action = Action(
            ref=f"AC-{readable()}",
            organisation_id=lowest.organisation_id,
            heading=heading,
            due_on=date(period.closes_on.year + 1, 6, 1),
            due_precision=Precision.MONTH,
            created_at=at,
            changed_at=at,
            made_up=True,
        )
        session.add(action)
        session.flush()
        action_id = action.id
    session.add(
        YouSaid(
            period_id=period.id or 0,
            organisation_id=lowest.organisation_id,
            theme_id=lowest.theme_id,
            commitment_version_id=lowest.version_id,
            we_will=we_will,
            action_id=action_id,
            no_action_reason="" if with_action else _NO_ACTION,
            saved_at=at,
        )
    )


def _reply(session: Session, period: Period) -> None:
    """The made-up council looked at its figures first, and replied."""
    council = session.exec(select(Organisation.id).where(Organisation.ref == "DEMO-COUNCIL")).one()
    seen = clock.end_of(period.closes_on) + timedelta(days=3, hours=-13)
    session.add(
        PeriodText(
            period_id=period.id or 0,
            kind=ReleaseTextKind.RIGHT_OF_REPLY,
            organisation_id=council,
            words=_REPLY,
            saved_at=seen,
        )
    )
    session.add(
        EarlyAccess(
            period_id=period.id or 0,
            name="Council (made up)",
            organisation_id=council,
            shared_at=seen,
            first_seen_at=seen,
        )
    )
