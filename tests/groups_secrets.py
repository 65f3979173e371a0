"""Two groups whose answers can be told by words of their own, and everybody who might ask for them."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from charter.demonstration.people import DOMAIN
from charter.links import issue_link, open_link
from charter.rules.access import OPERATOR
from charter.sessions import Started, start_account_session
from charter.store import writing
from charter.tokens import digest
from db.models import Account, AccountGrant, AccountSession, Answer, Invitation, Organisation, Period, SelfAssessment
from db.types import PeriodState, Role, SelfAssessmentState
from tests import factories
from tests.conftest import forget_settings
from tests.templates import Templates

LINKS = frozenset({"the first group's link", "another group's link"})
PARTNERS = frozenset({"the first group", "another group", "council"})
COORDINATES = frozenset({"coordinator"})
EVERYBODY = frozenset({"public", "coordinator", "reviewer", "administrator"}) | LINKS | PARTNERS
# Who may see the first group's answers: that group and the coordinator, whatever else anybody is.
MAY = frozenset({"the first group", "the first group's link", "coordinator"})
_ROLES = (Role.COORDINATOR, Role.REVIEWER, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Secrets:
    """The first group's answers, and who asks.

    Attributes:
        words: what stands in each of its comments, and nowhere else.
        refs: what its self-assessments are called.
        sent: what one of them is called that it has sent.
        organisation: its reference.
        period: the review that is open.
        sessions: everybody who is signed in or came by a link, with the number of their session; None for the public.
        tokens: the same people's cookies.
    """

    words: str
    refs: tuple[str, ...]
    sent: str
    organisation: str
    period: str
    sessions: Mapping[str, int | None]
    tokens: Mapping[str, str]


@contextmanager
def demonstration_with_secrets(templates: Templates, folder: Path) -> Iterator[Secrets]:
    """Let the settings name a demonstration in which the secrets are."""
    shutil.copyfile(templates.demonstration("sqlite").database, folder / "charter.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHARTER_DATA_DIR", str(folder))
        patch.delenv("CHARTER_DATABASE_URL", raising=False)
        forget_settings()
        with writing() as session:
            made = plant(session)
        yield made
    forget_settings()


def plant(session: Session) -> Secrets:
    """Write words of its own into the comments of each of two groups, and sign everybody in."""
    first, second = _groups(session)
    for number, organisation in enumerate((first, second)):
        _mark(session, organisation, words=f"quagga{number} thylacine{number}")
    started = {name: start_account_session(session, account_id=account) for name, account in _people(session, second)}
    for name, organisation in (("the first group's link", first), ("another group's link", second)):
        started[name] = _by_link(session, organisation)
    own = session.exec(select(SelfAssessment).where(SelfAssessment.organisation_id == first.id)).all()
    return Secrets(
        words="quagga0",
        refs=tuple(each.ref for each in own),
        sent=next(each.ref for each in own if each.submitted_at is not None),
        organisation=first.ref,
        period=session.exec(select(Period.ref).where(Period.state == PeriodState.OPEN)).one(),
        sessions={"public": None, **{name: each.session_id for name, each in started.items()}},
        tokens={"public": "", **{name: each.token for name, each in started.items()}},
    )


def _groups(session: Session) -> tuple[Organisation, Organisation]:
    """Give the group whose account the demonstration made, and another that answers in the open review too."""
    account = select(AccountGrant.organisation_id).join(Account).where(Account.email == f"group@{DOMAIN}")
    first = session.get_one(Organisation, session.exec(account).one())
    drafts = (
        select(Organisation)
        .join(SelfAssessment)
        .join(Period)
        .where(
            Period.state == PeriodState.OPEN,
            SelfAssessment.state == SelfAssessmentState.SUBMITTED,
            Organisation.kind == first.kind,
            Organisation.id != first.id,
        )
    )
    return first, session.exec(drafts.order_by(col(Organisation.id))).first() or first


def _mark(session: Session, organisation: Organisation, *, words: str) -> None:
    own = select(SelfAssessment.id).where(SelfAssessment.organisation_id == organisation.id)
    session.execute(sa.update(Answer).where(col(Answer.self_assessment_id).in_(own)).values(comment=words))
    session.execute(sa.update(SelfAssessment).where(col(SelfAssessment.id).in_(own)).values(declared_by=words))


def _people(session: Session, second: Organisation) -> list[tuple[str, int]]:
    found = []
    for name, email in (("the first group", "group"), ("council", "council"), *((role, role) for role in _ROLES)):
        row = session.exec(select(Account.id).where(Account.email == f"{email}@{DOMAIN}")).one()
        found.append((str(name), row or 0))
    other = factories.account(session, email="other@example.org", name="Another group's person")
    factories.grant(session, account_id=other, role=Role.PARTNER, organisation_id=second.id)
    return [*found, ("another group", other)]


def _by_link(session: Session, organisation: Organisation) -> Started:
    invited = (
        select(Invitation.id)
        .join(Period)
        .where(Invitation.organisation_id == organisation.id, Period.state == PeriodState.OPEN)
    )
    link = issue_link(session, viewer=OPERATOR, invitation_id=session.exec(invited).one() or 0)
    token = open_link(session, token=link, address="")
    number = session.exec(select(AccountSession.id).where(AccountSession.token_digest == digest(token))).one()
    return Started(number or 0, token)
