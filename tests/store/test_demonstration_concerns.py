"""The demonstration's concerns: some open for each of its roles, and yearly totals in its releases."""

from sqlmodel import Session, col, select

from charter.concerns.reading import ConcernListed, list_concerns, read_concern
from charter.concerns.recorded import YearOfConcerns
from charter.demonstration.making import rounds
from charter.demonstration.people import DOMAIN
from charter.records import read_records
from charter.rules.access import Grant, Viewer
from db.engine import Store
from db.models import Account, AccountGrant, Action, Concern, ConcernStep, Release
from db.types import ConcernState, RecordKind


def viewer(session: Session, name: str) -> Viewer:
    account = session.exec(select(Account).where(Account.email == f"{name}@{DOMAIN}")).one()
    grants = session.exec(select(AccountGrant).where(AccountGrant.account_id == account.id)).all()
    held = frozenset(Grant(grant.role, grant.organisation_id) for grant in grants)
    return Viewer(account_id=account.id, name=account.name, grants=held)


def listed(session: Session, name: str) -> tuple[ConcernListed, ...]:
    return list_concerns(session, viewer=viewer(session, name))


def test_each_role_finds_concerns_of_its_own(demo_read: Store) -> None:
    with demo_read.reading() as session:
        own = [each.state for each in listed(session, "group")]
        assert own == [ConcernState.WITH_CHAMPION, ConcernState.WITH_MONITORING_GROUP, ConcernState.AGREED]
        council, all_there = listed(session, "council"), listed(session, "coordinator")
        assert ConcernState.WITH_CHAMPION in {each.state for each in council}, "the account is the council's champion"
        assert len(all_there) == len(listed(session, "reviewer")) == len(session.exec(select(Concern)).all())
        reviewer = viewer(session, "reviewer")
        told = [read_concern(session, viewer=reviewer, ref=each.ref) for each in all_there]
        assert [one.waits_until is None for one in told if one.may_decide].count(True) == 1
        assert any(step.officer for one in told for step in one.steps)
        (agreed,) = [one for one in told if one.actions]
        heading = session.exec(select(Action.heading).where(Action.ref == agreed.actions[0].ref)).one()
        assert agreed.actions[0].heading == heading


def test_their_states_follow_their_steps(demo_read: Store) -> None:
    with demo_read.reading() as session:
        for row in session.exec(select(Concern)):
            steps = session.exec(
                select(ConcernStep).where(ConcernStep.concern_id == row.id).order_by(col(ConcernStep.number))
            ).all()
            assert (steps[0].state, steps[-1].state) == (ConcernState.WITH_CHAMPION, row.state)
            assert [step.taken_at for step in steps] == sorted(step.taken_at for step in steps)
            assert len(steps) == row.revision


def test_each_release_counts_those_up_to_its_own_day(demo_read: Store) -> None:
    years = [one.closes_on.year for one in rounds() if not one.last]
    expected = dict(zip(years, (None, 6, None), strict=True))
    with demo_read.reading() as session:
        for release in session.exec(select(Release)):
            found = read_records(session, release_id=release.id or 0, kind=RecordKind.CONCERNS, of=YearOfConcerns)
            last = found[-1]
            assert last.year == release.published_at.year
            assert {each.year: each.count for each in found} == {
                year: count for year, count in expected.items() if year <= last.year
            }
