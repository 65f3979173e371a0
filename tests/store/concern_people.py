"""A group, a council with its champion, and everybody else who has or has not to do with a concern between them."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select, update

from charter import clock
from charter.concerns.deciding import decide
from charter.concerns.raising import pass_on, raise_concern
from charter.concerns.replying import reply
from charter.rules.access import Grant, Viewer
from db.models import Champion, Concern, ConcernReply, ConcernStep, DraftingPart
from db.types import OrganisationKind, OwedBy, Role
from tests import factories
from tests.store.closed_reviews import person

SECRET = "They decide first and ask us afterwards."
PROMISE = "ELM-DIA-1"


@dataclass(frozen=True)
class Sides:
    """The two sides of a concern, and the people around it.

    Attributes:
        group: the group that raises it.
        council: the council that it is about.
        ana: who raises it.
        ben: another person of the group.
        champion: the council's champion, who can sign in for it.
        lead: somebody else who speaks for the council.
        drafter: somebody who drafts a part of the council's answers.
        stranger: somebody of another group.
        health: somebody of another public body.
        reviewer: somebody of the monitoring group.
        own_reviewer: somebody of the monitoring group who speaks for the council too.
        raising_reviewer: somebody of the monitoring group who speaks for the group too.
        coordinator: who runs the review.
        administrator: who keeps accounts.
    """

    group: int
    council: int
    ana: Viewer
    ben: Viewer
    champion: Viewer
    lead: Viewer
    drafter: Viewer
    stranger: Viewer
    health: Viewer
    reviewer: Viewer
    own_reviewer: Viewer
    raising_reviewer: Viewer
    coordinator: Viewer
    administrator: Viewer

    def named(self) -> dict[str, Viewer]:
        """Give everybody by name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Viewer)}


def sides(session: Session) -> Sides:
    """Make them, with a promise that all public bodies owe."""
    factories.commitment(session, ref=PROMISE, owed_by=OwedBy.ALL_PUBLIC_BODIES, title="Ask groups early")
    group = factories.organisation(session, name="Tea Club", kind=OrganisationKind.COMMUNITY)
    council = factories.organisation(session, name="Riverbank Council", kind=OrganisationKind.COUNCIL)
    other = factories.organisation(session, name="Chess Club", kind=OrganisationKind.COMMUNITY)
    health = factories.organisation(session, name="Riverbank NHS", kind=OrganisationKind.NHS)
    champion = _with_address(session, council, "carla@council.example")
    factories.add(
        session, Champion, {"organisation_id": council, "name": "Carla Champion", "email": "Carla@council.example"}
    )
    drafter = person(session, Role.PARTNER, council)
    part = {"account_id": drafter.account_id, "organisation_id": council, "strand_id": factories.strand(session)}
    factories.add(session, DraftingPart, part)
    return Sides(
        group=group,
        council=council,
        ana=_with_address(session, group, "ana@teaclub.example"),
        ben=person(session, Role.PARTNER, group, name="Ben"),
        champion=champion,
        lead=person(session, Role.PARTNER, council, name="Lea"),
        drafter=drafter,
        stranger=person(session, Role.PARTNER, other),
        health=person(session, Role.PARTNER, health),
        reviewer=person(session, Role.REVIEWER, name="Rita"),
        own_reviewer=_also(session, person(session, Role.REVIEWER), council),
        raising_reviewer=_also(session, person(session, Role.REVIEWER), group),
        coordinator=person(session, Role.COORDINATOR, name="Cora"),
        administrator=person(session, Role.ADMINISTRATOR),
    )


def raised(session: Session, who: Sides, *, viewer: Viewer | None = None, **more: Any) -> str:  # noqa: ANN401
    """Raise the group's concern about the council, and give its reference."""
    values: dict[str, Any] = {"organisation_id": who.group, "about_id": who.council}
    values |= {"commitment_ref": PROMISE, "words": SECRET, **more}
    return raise_concern(session, viewer=viewer or who.ana, **values)


def passed_on(session: Session, who: Sides) -> str:
    """Raise a concern that the champion answered, and pass it on."""
    ref = raised(session, who)
    reply(session, viewer=who.champion, ref=ref, words="We asked in good time, we think.")
    pass_on(session, viewer=who.ana, ref=ref, words="It was not in good time.", seen_revision=1)
    return ref


def answered(session: Session, who: Sides) -> str:
    """Raise a concern that is with the monitoring group, and to which the council has replied."""
    ref = passed_on(session, who)
    reply(session, viewer=who.lead, ref=ref, words="We will ask earlier.")
    return ref


def decided(session: Session, who: Sides, *, agreed: bool = True, **more: Any) -> str:  # noqa: ANN401
    """Raise a concern on which the monitoring group decided."""
    ref = answered(session, who)
    decide(session, viewer=who.reviewer, ref=ref, agreed=agreed, words="Ask a month before.", seen_revision=2, **more)
    return ref


def let_days_pass(session: Session, ref: str, days: int) -> None:
    """Let all of a concern have happened some days ago."""
    key = row_of(session, ref).id
    back = timedelta(days=days)
    session.exec(update(Concern).where(col(Concern.id) == key).values(raised_at=clock.now() - back))
    for table, name in ((ConcernStep, "taken_at"), (ConcernReply, "replied_at")):
        for row in session.exec(select(table).where(table.concern_id == key)).all():
            setattr(row, name, getattr(row, name) - back)
    session.flush()


def row_of(session: Session, ref: str) -> Concern:
    """Read a concern's row."""
    return session.exec(select(Concern).where(Concern.ref == ref)).one()


def _with_address(session: Session, organisation_id: int, email: str) -> Viewer:
    account = factories.account(session, email=email, name=email.split("@", maxsplit=1)[0].capitalize())
    factories.grant(session, account_id=account, organisation_id=organisation_id)
    return Viewer(account_id=account, grants=frozenset({Grant(Role.PARTNER, organisation_id)}))


def _also(session: Session, viewer: Viewer, organisation_id: int) -> Viewer:
    factories.grant(session, account_id=viewer.account_id, organisation_id=organisation_id)
    return replace(viewer, grants=viewer.grants | {Grant(Role.PARTNER, organisation_id)})
