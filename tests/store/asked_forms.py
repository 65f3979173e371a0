"""A small period for tests: two core commitments and one more, a group, a council and another group."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from charter import clock
from charter.rules.access import Grant, Invited, Viewer
from db.engine import Store
from db.types import OrganisationKind, OwedBy, PeriodState, Role
from tests import factories


@dataclass(frozen=True)
class AskedForm:
    """The keys of what was made, and who may answer.

    Attributes:
        account_id: the account of whoever is signed in.
        period_id: an open period.
        group_id: an invited group.
        council_id: an invited council, which owes all three commitments.
        other_id: another invited group.
        core: the versions of the two core commitments, of one strand.
        more: the version of the third, of another strand.
    """

    account_id: int
    period_id: int
    group_id: int
    council_id: int
    other_id: int
    core: tuple[int, int]
    more: int

    @property
    def partner(self) -> Viewer:
        """Somebody who is signed in for the group."""
        return self.partner_of(self.group_id)

    def partner_of(self, organisation_id: int) -> Viewer:
        """Give somebody who is signed in for an organisation."""
        return Viewer(account_id=self.account_id, grants=frozenset({Grant(Role.PARTNER, organisation_id)}))

    @property
    def by_link(self) -> Viewer:
        """Somebody who opened the group's link."""
        return Viewer(invited=Invited(link_id=1, organisation_id=self.group_id, period_id=self.period_id))

    def whose(self, organisation_id: int | None = None) -> dict[str, int]:
        """Give the arguments of a verb that name a form: the group's, or another organisation's."""
        return {"organisation_id": organisation_id or self.group_id, "period_id": self.period_id}


def ask(store: Store) -> AskedForm:
    """Make the period, in a scope of its own."""
    with store.writing() as session:
        return ask_in(session)


def ask_in(session: Session) -> AskedForm:
    """Make the period."""
    today = clock.today()
    charter = factories.charter(session, title="Test charter")
    theme = factories.theme(session, charter_id=charter)
    first = factories.strand(session, theme_id=theme, ref="dialogue", title="Dialogue")
    second = factories.strand(session, theme_id=theme, ref="resilience", title="Resilience")
    council = factories.organisation(session, name="Riverbank Council", kind=OrganisationKind.COUNCIL)
    group = factories.organisation(session, ref="GROUP-1", name="Tea Club", kind=OrganisationKind.COMMUNITY)
    other = factories.organisation(session, ref="GROUP-2", name="Chess Club", kind=OrganisationKind.COMMUNITY)
    made = [
        factories.commitment(
            session,
            strand_id=strand,
            core=core,
            owed_by=OwedBy.ALL_PUBLIC_BODIES,
            seen_by_sector=True,
            title=title,
            practice_question=f"How far did we {title}?",
            experience_question=f"How far did you see them {title}?",
        )
        for strand, core, title in ((first, True, "listen"), (first, True, "reply"), (second, False, "share"))
    ]
    first_day, last_day = today - timedelta(days=10), today + timedelta(days=10)
    period = factories.period(
        session, title="Review", charter_id=charter, state=PeriodState.OPEN, opens_on=first_day, closes_on=last_day
    )
    for one in made:
        factories.asked(session, period_id=period, version_id=one.version_id)
    for organisation in (council, group, other):
        factories.invitation(session, period_id=period, organisation_id=organisation)
    return AskedForm(
        account_id=factories.account(session),
        period_id=period,
        group_id=group,
        council_id=council,
        other_id=other,
        core=(made[0].version_id, made[1].version_id),
        more=made[2].version_id,
    )
