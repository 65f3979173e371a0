"""Made-up concerns: some of earlier years that ended each in its own way, and some that are open now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from charter import clock
from charter.demonstration.people import DOMAIN
from charter.tokens import readable
from charter.words import MADE_UP_MARK
from db.models import (
    Account,
    AccountGrant,
    Action,
    ActionSource,
    Adoption,
    Champion,
    Concern,
    ConcernReply,
    ConcernStep,
    Organisation,
)
from db.types import VCFSE_KINDS, ActionStatus, ConcernState, Precision

_COUNCIL, _HEALTH = "DEMO-COUNCIL", "DEMO-NHS"
# One for each of the first promises of engagement, in the order of the charter.
_WORDS = (
    "Only those were heard who can come to a meeting in working hours. Our members work then. (made up)",
    "The questions were on a website and nowhere else. Most of our members do not use one. (made up)",
    "Nobody told us that we could have our say until it was over. (made up)",
    "The staff whom we rang had never heard of the charter. (made up)",
    "We asked our councillors to come three times, and heard nothing. (made up)",
    "To use a room for an hour we filled in three forms, and each asks the same. (made up)",
)
_REPLY = "You are right, and we are sorry. We have changed how we plan this. (made up)"
_REPLY_TO_GROUP = "We will come and talk about it, and bring what we plan now. (made up)"
_AGREED = "The public body asks groups in good time, and tells them afterwards what became of it. (made up)"
_NOT_AGREED = "The two sides see it differently, and no way was found that suits both. (made up)"
_ACTION = "Hold every second forum in the evening"
_WHAT_FOR = "To tell us how decisions of this kind are planned. (made up)"
_OFFICER = f"Head of planning {MADE_UP_MARK}"


_TO_PASS_ON, _TO_END = timedelta(days=16), timedelta(days=40)  # from the day on which one was raised
_FIRST_ANSWER, _SECOND_ANSWER = timedelta(days=6), timedelta(days=20)
_PAST = (
    ConcernState.AGREED,
    ConcernState.NOT_AGREED,
    ConcernState.WITHDRAWN,
    ConcernState.AGREED,
    ConcernState.AGREED,
    ConcernState.NOT_AGREED,
)
# How many there were in each round that is over: fewer than five, then enough for their number to be told.
_IN_EACH_ROUND = (2, 6, 3)


@dataclass(frozen=True)
class _Told:
    """A made-up concern of this year.

    Attributes:
        days: how many days ago it was raised.
        state: where it is now.
        replied: whether the public body has answered.
        own: whether the group that has an account raised it.
    """

    days: int
    state: ConcernState
    replied: bool = True
    own: bool = False


_NOW = (
    _Told(100, ConcernState.AGREED, own=True),
    _Told(40, ConcernState.WITH_MONITORING_GROUP, own=True),
    _Told(3, ConcernState.WITH_CHAMPION, replied=False, own=True),
    _Told(10, ConcernState.WITH_CHAMPION),
    _Told(20, ConcernState.WITH_MONITORING_GROUP, replied=False),
)


def add_past_concerns(session: Session, *, years: Sequence[int]) -> None:
    """Add the concerns of the rounds that are over, before their releases are published, which count them."""
    groups, promises = _groups(session), _promises(session)
    bodies = (_organisation(session, _COUNCIL), _organisation(session, _HEALTH))
    for year, count in zip(years, _IN_EACH_ROUND, strict=True):
        for number, state in enumerate(_PAST[:count]):
            raised_at = clock.end_of(date(year, 2, 10)) + timedelta(days=12 * number)
            _add(
                session,
                _Told(0, state),
                raised_by=groups[number],
                about=bodies[number % len(bodies)],
                commitment=promises[number % len(promises)],
                words=_WORDS[number % len(_WORDS)],
                raised_at=raised_at,
            )
    session.flush()


def add_concerns_now(session: Session) -> None:
    """Add the concerns of this year, of which most are open, and the champion of the made-up council."""
    account = session.exec(select(Account).where(Account.email == f"group@{DOMAIN}")).one()
    own = session.exec(select(AccountGrant.organisation_id).where(AccountGrant.account_id == account.id)).one() or 0
    council, groups, promises = _organisation(session, _COUNCIL), _groups(session), _promises(session)
    since = clock.today() - timedelta(days=400)
    email = f"council@{DOMAIN}"
    session.add(Champion(organisation_id=council, name=f"Council {MADE_UP_MARK}", email=email, since=since))
    for number, told in enumerate(_NOW):
        row = _add(
            session,
            told,
            raised_by=own if told.own else groups[number],
            about=council,
            commitment=promises[number % len(promises)],
            words=_WORDS[number % len(_WORDS)],
            raised_at=clock.now() - timedelta(days=told.days),
        )
        if told.own:
            row.account_id = account.id
        if told.state is ConcernState.AGREED:
            _add_action(session, row)
    session.flush()


def _add(
    session: Session, told: _Told, *, raised_by: int, about: int, commitment: int, words: str, raised_at: datetime
) -> Concern:
    steps = _steps(told.state, raised_at)
    row = Concern(
        ref=f"CN-{readable()}",
        commitment_id=commitment,
        raised_by_id=raised_by,
        about_id=about,
        words=words,
        state=told.state,
        revision=len(steps),
        raised_at=raised_at,
    )
    session.add(row)
    session.flush()
    key = row.id or 0
    session.add_all(
        ConcernStep(concern_id=key, number=number, state=state, words=said, officer=officer, taken_at=at)
        for number, (state, at, said, officer) in enumerate(steps, start=1)
    )
    answers = ((_FIRST_ANSWER, _REPLY), (_SECOND_ANSWER, _REPLY_TO_GROUP))[: len(steps)]
    if told.replied and told.state is not ConcernState.WITHDRAWN:
        session.add_all(
            ConcernReply(concern_id=key, organisation_id=about, words=said, replied_at=raised_at + after)
            for after, said in answers
        )
    return row


def _steps(state: ConcernState, raised_at: datetime) -> list[tuple[ConcernState, datetime, str, str]]:
    """Give the steps that lead to a state: each with its moment, its words, and the officer who was asked to come."""
    group = ConcernState.WITH_MONITORING_GROUP
    found = [(ConcernState.WITH_CHAMPION, raised_at, "", "")]
    if state is ConcernState.WITHDRAWN:
        found.append((state, raised_at + _FIRST_ANSWER, "", ""))
    elif state is not ConcernState.WITH_CHAMPION:
        found.append((group, raised_at + _TO_PASS_ON, "", ""))
    if state in {ConcernState.AGREED, ConcernState.NOT_AGREED}:
        found.append((group, raised_at + _SECOND_ANSWER, _WHAT_FOR, _OFFICER))
        found.append((state, raised_at + _TO_END, _AGREED if state is ConcernState.AGREED else _NOT_AGREED, ""))
    return found


def _add_action(session: Session, row: Concern) -> None:
    at = row.raised_at + _TO_END
    action = Action(
        ref=f"AC-{readable()}",
        organisation_id=row.about_id,
        heading=_ACTION,
        due_on=(clock.today() + timedelta(days=120)).replace(day=1),
        due_precision=Precision.MONTH,
        status=ActionStatus.ON_TRACK,
        created_at=at,
        changed_at=at,
        made_up=True,
    )
    session.add(action)
    session.flush()
    session.add(ActionSource(action_id=action.id or 0, concern_id=row.id))


def _groups(session: Session) -> Sequence[int]:
    """Give some groups, always the same."""
    rows = session.exec(
        select(Organisation.id)
        .where(Organisation.made_up, col(Organisation.kind).in_(VCFSE_KINDS))
        .order_by(col(Organisation.id))
        .limit(len(_PAST))
    )
    return [key or 0 for key in rows]


def _promises(session: Session) -> Sequence[int]:
    """Give some promises that the made-up bodies all owe: the first that the one with the fewest of them adopted."""
    rows = session.exec(
        select(Adoption.commitment_id)
        .where(Adoption.organisation_id == _organisation(session, _HEALTH))
        .order_by(col(Adoption.commitment_id))
    )
    return list(rows)


def _organisation(session: Session, ref: str) -> int:
    return session.exec(select(Organisation.id).where(Organisation.ref == ref)).one() or 0
