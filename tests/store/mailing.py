"""A small review with a few groups, for the tests of e-mails."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import EmailMessage

from sqlmodel import Session, col, select

from charter import clock
from charter.mail.sending import post
from charter.rules.access import Grant, Viewer
from charter.store import writing
from db.engine import Store
from db.models import Account, Mail, Period
from db.types import MailKind, MailState, OrganisationKind, Role, SelfAssessmentState
from tests import factories

REF = "2026"
SECRET = "https://charter.example/link/very-secret-token"


@dataclass(frozen=True)
class Review:
    """An open period, and the invitations to it by the first part of the group's address."""

    store: Store
    period_id: int
    viewer: Viewer
    invitations: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, *, kind: OrganisationKind = OrganisationKind.COMMUNITY, email: str | None = "") -> int:
        """Invite one more organisation. Its address is made from its name unless another is given, or none."""
        with self.store.writing() as session:
            held = f"{name}@groups.example" if email == "" else email
            key = factories.organisation(session, name=f"{name} group", kind=kind, email=held)
            self.organisations[name] = key
            self.invitations[name] = factories.invitation(session, period_id=self.period_id, organisation_id=key)
            return self.invitations[name]

    def answers(self, name: str, state: SelfAssessmentState = SelfAssessmentState.SUBMITTED) -> None:
        """Have an organisation answer."""
        with self.store.writing() as session:
            factories.self_assessment(
                session, period_id=self.period_id, organisation_id=self.organisations[name], state=state
            )

    def close(self, on: date) -> None:
        """Set the period's last day."""
        with self.store.writing() as session:
            session.get_one(Period, self.period_id).closes_on = on


def review(store: Store, *names: str, closes_in: int = 10) -> Review:
    """Make a coordinator and a period that opened 40 days ago, and invite these groups."""
    with store.writing() as session:
        today = clock.today()
        period_id = factories.period(
            session,
            ref=REF,
            title="Review 2026",
            opens_on=today - timedelta(days=40),
            closes_on=today + timedelta(days=closes_in),
        )
        made = Review(store, period_id, coordinator(session))
    for name in names:
        made.add(name)
    return made


def coordinator(session: Session) -> Viewer:
    """Make an account of a coordinator, and give it as a viewer."""
    account_id = factories.account(session)
    factories.grant(session, account_id=account_id, role=Role.COORDINATOR)
    return Viewer(account_id=account_id, grants=frozenset({Grant(Role.COORDINATOR)}))


def account_of(session: Session, viewer: Viewer) -> Account:
    """Give the row of a viewer's account."""
    return session.get_one(Account, viewer.account_id)


def mails(store: Store) -> list[Mail]:
    """Give every row of an e-mail, in their order."""
    with store.reading() as session:
        rows = list(session.exec(select(Mail).order_by(col(Mail.id))))
        session.expunge_all()
        return rows


def text_of(letter: EmailMessage) -> str:
    """Give the plain text of a letter."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def token_in(letter: EmailMessage, path: str = "link") -> str:
    """Give the token in an address of ours in a letter."""
    found = re.search(rf"/{path}/([\w-]+)", text_of(letter))
    assert found is not None
    return found[1]


def posted(year: Review, *names: str, subject: str = "Hello") -> list[int]:
    """Post a letter with a secret in it to each of some groups, and give the numbers."""
    keys = []
    for name in names:
        with writing() as session:
            key = post(
                session,
                viewer=year.viewer,
                kind=MailKind.INVITATION,
                address=f"{name}@groups.example",
                subject=subject,
                text=f"Your link: {SECRET}",
                invitation_id=year.invitations.get(name),
            )
            keys.append(key)
    return keys


def states(year: Review) -> list[MailState]:
    """Give the state of each e-mail, in their order."""
    return [row.state for row in mails(year.store)]
