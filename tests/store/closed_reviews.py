"""A review of the small year that has closed, and the people around it."""

from dataclasses import dataclass

from sqlmodel import Session

from charter.right_of_reply import look_first
from charter.rules.access import Grant, Viewer
from db.types import Role
from tests import factories
from tests.store.small_year import Elmford, closed_year, elmford

YEAR = "2027"


@dataclass(frozen=True)
class Closed:
    """A review that has closed: who is in it, the coordinator, and partners of the council, the NHS and a group."""

    where: Elmford
    period_id: int
    coordinator: Viewer
    council: Viewer
    health: Viewer
    group: Viewer


def closed(session: Session) -> Closed:
    """Make the review."""
    where = elmford(session)
    period_id = closed_year(session, where, int(YEAR))
    return Closed(
        where,
        period_id,
        coordinator=person(session, Role.COORDINATOR, name="Cora"),
        council=person(session, Role.PARTNER, where.council, name="Colin"),
        health=person(session, Role.PARTNER, where.health, name="Hana"),
        group=person(session, Role.PARTNER, where.groups[0], name="Gita"),
    )


def seen_by_the_council(session: Session) -> Closed:
    """Make the review, and have the council say that it looks at its figures."""
    found = closed(session)
    look_first(session, viewer=found.council, period_ref=YEAR, organisation_id=found.where.council)
    return found


def person(session: Session, role: Role, organisation_id: int | None = None, *, name: str = "A person") -> Viewer:
    """Make an account that holds one role, and give its viewer."""
    account = factories.account(session, name=name)
    factories.grant(session, account_id=account, role=role, organisation_id=organisation_id)
    return Viewer(account_id=account, name=name, grants=frozenset({Grant(role, organisation_id)}))
