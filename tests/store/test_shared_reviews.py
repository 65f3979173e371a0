"""Between sharing and publishing a review, nothing changes what it counts of groups (rule 9f of the method)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from charter import clock
from charter.accounts import disable_account
from charter.answers import save_level, save_no_change
from charter.catalogue.loading import load_catalogue
from charter.closing import save_closing
from charter.corrections import correct_release
from charter.early_access import revoke_preview, share_preview
from charter.figures.inputs import FrozenOrganisation
from charter.freezing import frozen_period, period_now
from charter.invitations import add_invitation, put_back, remove_invitation
from charter.links import revoke_link
from charter.organisations.fields import Fields
from charter.organisations.keeping import add_organisation, edit_organisation, fields_of
from charter.organisations.merging import merge
from charter.organisations.signing import leave, sign
from charter.organisations.wards import add_ward, end_ward, rename_ward
from charter.own.erasing import erase_personal_data
from charter.own.people import remove_person
from charter.periods import period_by_id, reopen_period
from charter.planning import change_plan
from charter.releases import publish_period
from charter.reviews import accept, return_answers
from charter.rules.access import OPERATOR
from charter.rules.refusals import RefusedError
from charter.sources.organisations import import_organisations, on_the_list, read_organisations
from charter.submissions import submit, take_back
from db.engine import Store
from db.models import Account, EarlyAccess, Invitation, Organisation, Release, SelfAssessment, Ward
from db.types import IncomeBand, Influence, OrganisationKind, Question, Role
from tests import factories
from tests.charter_files import borough, commitment
from tests.store.closed_reviews import YEAR, Closed, closed, person
from tests.store.laid import laid

pytestmark = pytest.mark.usefixtures("settings_env")
Act = Callable[[Session], object]


@pytest.fixture
def made(store: Store) -> Closed:
    """A review that has closed, one group taken off its list before, and its figures shown to somebody."""
    return laid(store, shown)


def shown(session: Session) -> Closed:
    found = closed(session)
    gone = session.get_one(Invitation, invited(session, found, found.where.groups[-1]))
    gone.removed_at, gone.removed_reason = clock.now(), "It has ended"
    share_preview(session, viewer=found.coordinator, period_ref=YEAR, name="Cllr Ade")
    return found


def invited(session: Session, made: Closed, organisation_id: int) -> int:
    found = select(Invitation.id).where(
        Invitation.organisation_id == organisation_id, Invitation.period_id == made.period_id
    )
    return session.exec(found).one() or 0


def edit(made: Closed, key: int, **changes: object) -> Act:
    def act(session: Session) -> None:
        seen = fields_of(session.get_one(Organisation, key))
        typed = replace(seen, **changes)  # type: ignore[arg-type]
        edit_organisation(session, viewer=made.coordinator, organisation_id=key, seen=seen, typed=typed)

    return act


def merge_new(made: Closed, into: int, **more: object) -> Act:
    """Merge an organisation that comes to light now into one that the review counts."""

    def act(session: Session) -> None:
        owes = more.pop("owes", None)
        duplicate = factories.organisation(session, **more)  # type: ignore[arg-type]
        if owes:
            factories.adoption(session, commitment_id=int(str(owes)), organisation_id=duplicate)
        merge(session, viewer=made.coordinator, organisation_id=duplicate, into_id=into, reason="One under two names")

    return act


def groups_counted(store: Store, made: Closed) -> tuple[FrozenOrganisation, ...]:
    with store.reading() as session:
        return tuple(period_now(session, period=period_by_id(session, period_id=made.period_id)).groups_side)


def refused_changes(made: Closed, ward: int) -> dict[str, Act]:
    """What would put a group into another group of the figures, or on or off the list."""
    first, last = made.where.groups[0], made.where.groups[-1]
    coordinator = {"viewer": made.coordinator}

    def plan(session: Session) -> None:
        seen = period_by_id(session, period_id=made.period_id)
        days = {"opens_on": seen.opens_on, "closes_on": seen.closes_on, "list_date": seen.opens_on}
        words = {"title": "Other", "list_source": "Other", "known_sector": 21}
        change_plan(session, **coordinator, ref=YEAR, seen=seen, **days, **words)  # type: ignore[arg-type]

    return {
        "kind": edit(made, first, kind=OrganisationKind.FAITH),
        "income": edit(made, first, income_band=IncomeBand.OVER_100K),
        "ward": edit(made, first, ward_id=None),
        "ward's name": lambda s: rename_ward(
            s, **coordinator, ward_id=ward, name="New Town", code="W9", starts_on=clock.today()
        ),
        "merge that gives a ward": merge_new(made, made.where.groups[6], ward_id=ward),
        "merge that gives an income": merge_new(made, made.where.groups[7], income_band=IncomeBand.OVER_100K),
        "merge of a body": merge_new(made, made.where.health, kind=OrganisationKind.NHS, owes=1),
        "list": lambda s: remove_invitation(s, **coordinator, invitation_id=invited(s, made, first), reason="Ended"),
        "list again": lambda s: put_back(s, **coordinator, invitation_id=invited(s, made, last)),
        "list more": lambda s: add_invitation(
            s, **coordinator, period_id=made.period_id, organisation_id=factories.organisation(s)
        ),
        "plan": plan,
        "open again": lambda s: reopen_period(s, viewer=made.coordinator, ref=YEAR, reason="Too early"),
    }


def refused_answers(made: Closed) -> dict[str, Act]:
    """What would change what a group said."""
    own = {"organisation_id": made.where.groups[0], "period_id": made.period_id}

    def answer(session: Session) -> None:
        said = {"version_id": 1, "seen_revision": 0}
        save_level(session, viewer=made.group, choice=0, **said, **own)

    def keep(session: Session) -> None:
        save_no_change(session, viewer=made.group, version_id=1, seen_revision=0, **own)

    def close(session: Session) -> None:
        said = {"question": Question.INFLUENCE, "choice": Influence.NEGATIVE, "seen_revision": 0}
        save_closing(session, viewer=made.group, **said, **own)  # type: ignore[arg-type]

    return {
        "answer": answer,
        "no change": keep,
        "short answer": close,
        "take back": lambda s: take_back(s, viewer=made.group, **own),
        "send": lambda s: submit(
            s,
            viewer=person(s, Role.PARTNER, made.where.groups[12]),
            organisation_id=made.where.groups[12],
            period_id=made.period_id,
            declared_by="Gus",
        ),
    }


def test_what_would_change_what_a_shared_review_counts_of_groups_is_refused(store: Store, made: Closed) -> None:
    before = groups_counted(store, made)
    with store.reading() as session:
        ward = session.exec(select(Ward.id)).one() or 0
    for name, act in {**refused_changes(made, ward), **refused_answers(made)}.items():
        with store.writing() as session, pytest.raises(RefusedError) as refused:
            act(session)
        assert "Nothing was" in str(refused.value) or "takes no more answers" in str(refused.value), name
        assert groups_counted(store, made) == before, name


def harmless_to_the_list(made: Closed, ward: int) -> dict[str, Act]:
    first, off = made.where.groups[0], made.where.groups[-1]
    coordinator = {"viewer": made.coordinator}

    def bring(session: Session) -> None:
        known = on_the_list(session, viewer=made.coordinator)
        found = read_organisations(b"name,kind,income\nOne more,faith,over_100k\n", known=known)
        import_organisations(session, viewer=made.coordinator, found=found)

    new = Fields("A new one", OrganisationKind.VOLUNTARY, income_band=IncomeBand.UNDER_10K)
    return {
        "name": edit(made, first, name="Another name", email="new@x.example", ends_on=clock.today()),
        "kind of one that was taken off the list": edit(made, off, kind=OrganisationKind.FAITH),
        "another is added": lambda s: add_organisation(s, **coordinator, typed=new),
        "a list is brought": bring,
        "a duplicate without anything new": merge_new(made, first, email="old@x.example"),
        "another ward": lambda s: add_ward(s, **coordinator, code="W8", name="Quay", starts_on=clock.today()),
        "a ward ends": lambda s: end_ward(s, **coordinator, ward_id=ward, ends_on=clock.today() + timedelta(days=1)),
    }


def left(made: Closed) -> Act:
    def act(session: Session) -> None:
        where = {"organisation_id": made.where.groups[0], "charter_ref": "elmford-2026"}
        sign(session, viewer=made.coordinator, signed_on=date(2026, 3, 1), **where)  # type: ignore[arg-type]
        leave(session, viewer=made.coordinator, left_on=clock.today(), reason="Too little time", **where)  # type: ignore[arg-type]

    return act


def another_promise(session: Session) -> None:
    """Load the charter with one more promise."""
    promises = [commitment(f"ELM-{number}", position=number) for number in range(1, 5)]
    promises += [
        commitment("ELM-5", position=1, theme="money", strand="grants", owed_by="all_partners"),
        commitment("ELM-6", position=2, theme="money", strand="grants", owed_by="vcfse"),
        commitment("ELM-7", position=5),
    ]
    load_catalogue(session, viewer=OPERATOR, file=borough(*promises), name="elmford.toml")


def without_links(made: Closed) -> Act:
    def act(session: Session) -> None:
        key = invited(session, made, made.where.groups[0])
        factories.invitation_link(session, invitation_id=key)
        revoke_link(session, viewer=made.coordinator, invitation_id=key)
        access = session.exec(select(EarlyAccess.id)).one() or 0
        revoke_preview(session, viewer=made.coordinator, access_id=access)

    return act


def harmless_to_people_and_bodies(made: Closed) -> dict[str, Act]:
    first, account = made.where.groups[0], made.group.account_id or 0

    def sent(session: Session, body: int) -> str:
        return session.exec(select(SelfAssessment.ref).where(SelfAssessment.organisation_id == body)).one()

    return {
        "a charter is left": left(made),
        "links are put out of use": without_links(made),
        "the charter gets another promise": another_promise,
        "a body is accepted": lambda s: accept(s, viewer=OPERATOR, ref=sent(s, made.where.health)),
        "a body's answers go back": lambda s: return_answers(
            s, viewer=OPERATOR, ref=sent(s, made.where.council), reasons={1: "How do you know?"}
        ),
        "an account is shut": lambda s: disable_account(s, viewer=OPERATOR, email=s.get_one(Account, account).email),
        "its data is taken away": lambda s: erase_personal_data(s, viewer=made.group, organisation_id=first),
        "its person is taken away": lambda s: remove_person(
            s, viewer=made.group, organisation_id=first, account_id=account
        ),
    }


def test_whatever_else_is_done_meanwhile_leaves_groups_as_they_were_counted(store: Store, made: Closed) -> None:
    before = groups_counted(store, made)
    assert sum(found.counted for found in before) == 12
    with store.reading() as session:
        ward = session.exec(select(Ward.id)).one() or 0
    for name, act in {**harmless_to_the_list(made, ward), **harmless_to_people_and_bodies(made)}.items():
        with store.writing() as session:
            act(session)
        assert groups_counted(store, made) == before, name


def test_after_publishing_kind_income_and_ward_may_change_and_a_correction_counts_them_as_they_were(
    store: Store, made: Closed
) -> None:
    first = made.where.groups[0]
    with store.writing() as session:
        publish_period(session, viewer=made.coordinator, ref=YEAR)
    with store.writing() as session:
        edit(made, first, kind=OrganisationKind.FAITH, income_band=IncomeBand.OVER_100K, ward_id=None)(session)
        correct_release(session, viewer=made.coordinator, ref=f"{YEAR}.1", reason="A text was wrong")
    with store.reading() as session:
        one, two = session.exec(select(Release).order_by(col(Release.number))).all()
        before, after = (tuple(frozen_period(session, release=each).groups_side) for each in (one, two))
        assert session.get_one(Organisation, first).kind is OrganisationKind.FAITH
    assert before == after
