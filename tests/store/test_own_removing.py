"""Leaving the charter, removing people, and removing personal data: what goes, what stays, and who may."""

import pytest
from sqlmodel import Session, col, select

from charter import clock
from charter.audit import entry_digest
from charter.charters import list_signatories
from charter.own.erasing import Erased, erase_personal_data, reviews_that_hold_still
from charter.own.forgetting import MAIL_ADDRESS, NAME
from charter.own.leaving import leave_charter, list_signed
from charter.own.people import list_people, remove_person
from charter.rules.access import PUBLIC, Viewer
from charter.rules.refusals import FieldError, NotAllowedError, NotFoundError, RefusedError
from db.engine import Store
from db.models import (
    Account,
    AccountGrant,
    AccountSession,
    Answer,
    Assistance,
    AuditDetail,
    AuditEntry,
    Deck,
    DeckSlide,
    DraftingPart,
    EarlyAccess,
    Mail,
    Organisation,
    Period,
    SelfAssessment,
    Signatory,
)
from db.types import MailState, PeriodState, Role
from tests import factories
from tests.store.databases import one_database
from tests.store.own_rows import EMAIL, OTHER_EMAIL, Past, past, share_figures

pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.fixture
def made(store: Store) -> Past:
    return past(store)


def leave(store: Store, made: Past, *, viewer: Viewer | None = None, reason: str = "") -> None:
    with store.writing() as session:
        leave_charter(
            session,
            viewer=viewer or made.partner,
            organisation_id=made.form.group_id,
            charter_ref=made.charter_ref,
            reason=reason,
        )


def remove(store: Store, made: Past, account_id: int, *, viewer: Viewer | None = None) -> bool:
    with store.writing() as session:
        return remove_person(
            session,
            viewer=viewer or made.partner,
            organisation_id=made.form.group_id,
            account_id=account_id,
        )


def erase(store: Store, made: Past, *, viewer: Viewer | None = None) -> Erased:
    with store.writing() as session:
        return erase_personal_data(session, viewer=viewer or made.partner, organisation_id=made.form.group_id)


def levels(session: Session) -> list[int | None]:
    return list(session.exec(select(Answer.level).order_by(col(Answer.id))))


def drafting(session: Session, made: Past, account_id: int) -> Viewer:
    """Let somebody of the council draft a part of its answers."""
    factories.grant(session, account_id=account_id, organisation_id=made.form.council_id)
    strand = factories.strand(session)
    part = {"account_id": account_id, "organisation_id": made.form.council_id, "strand_id": strand}
    factories.add(session, DraftingPart, {**part, "directorate": "Housing"})
    return Viewer(account_id=account_id, grants=made.form.partner_of(made.form.council_id).grants)


def test_a_partner_leaves_with_a_reason_and_the_log_does_not_hold_it(store: Store, made: Past) -> None:
    leave(store, made, reason="  Too much *work* ")
    with store.reading() as session:
        row = session.exec(select(Signatory)).one()
        assert (row.left_on, row.left_reason) == (clock.today(), "Too much *work*")
        (signed,) = list_signed(session, viewer=made.partner, organisation_id=made.form.group_id)
        assert (signed.charter_title, signed.left_reason) == ("Test charter", "Too much *work*")
        entry = session.exec(select(AuditEntry)).one()
        assert (entry.act, entry.subject) == ("charter_left", "organisation GROUP-1")
        assert list_signatories(session, viewer=PUBLIC) == ()
        assert "work" not in session.exec(select(AuditDetail.detail)).one()


@one_database
def test_leaving_twice_is_refused_and_the_first_day_and_reason_stay(store: Store, made: Past) -> None:
    leave(store, made, reason="First")
    with pytest.raises(RefusedError, match="already"):
        leave(store, made, reason="Second")
    with store.reading() as session:
        assert session.exec(select(Signatory.left_reason)).one() == "First"


@one_database
def test_a_reason_that_is_too_long_is_refused_and_nobody_has_left(store: Store, made: Past) -> None:
    with pytest.raises(FieldError, match="up to 300 letters"):
        leave(store, made, reason="x" * 301)
    with store.reading() as session:
        assert session.exec(select(Signatory)).one().left_on is None


@one_database
def test_who_did_not_sign_cannot_leave(store: Store, made: Past) -> None:
    with store.writing() as session, pytest.raises(NotFoundError, match="did not sign"):
        leave_charter(
            session,
            viewer=made.form.partner_of(made.form.other_id),
            organisation_id=made.form.other_id,
            charter_ref=made.charter_ref,
        )


@one_database
def test_nobody_else_leaves_removes_or_erases_for_a_group(store: Store, made: Past) -> None:
    others = [made.holding(role) for role in (Role.REVIEWER, Role.COORDINATOR, Role.ADMINISTRATOR)]
    for viewer in (PUBLIC, *others, made.form.by_link, made.form.partner_of(made.form.other_id)):
        with pytest.raises(NotAllowedError):
            leave(store, made, viewer=viewer)
        with pytest.raises(NotAllowedError):
            remove(store, made, made.ana, viewer=viewer)
        with pytest.raises(NotAllowedError):
            erase(store, made, viewer=viewer)
        with store.reading() as session, pytest.raises(NotAllowedError):
            list_people(session, viewer=viewer, organisation_id=made.form.group_id)
    with store.reading() as session:
        assert session.get_one(Account, made.ana).name == "Ana"
        assert session.get_one(Organisation, made.form.group_id).email == EMAIL


def test_a_partner_sees_the_people_of_the_organisation(store: Store, made: Past) -> None:
    with store.reading() as session:
        people = list_people(session, viewer=made.partner, organisation_id=made.form.group_id)
    assert [(each.name, each.email, each.elsewhere) for each in people] == [
        ("Ana", EMAIL, False),
        ("Bo Both", "both@example.org", True),
    ]


def test_a_person_who_is_removed_is_forgotten_and_signed_out_and_what_was_sent_stays(store: Store, made: Past) -> None:
    leave(store, made)
    with store.writing() as session:
        seen = {"period_id": made.form.period_id, "organisation_id": made.form.group_id, "name": "Ana", "email": EMAIL}
        factories.add(session, EarlyAccess, seen)
        before = levels(session)
    assert remove(store, made, made.ana)
    with store.reading() as session:
        account = session.get_one(Account, made.ana)
        assert (account.email, account.name) == (f"removed-{made.ana}@removed.invalid", NAME)
        assert account.password_hash is None
        assert account.disabled_at is not None
        assert session.exec(select(AccountGrant).where(AccountGrant.account_id == made.ana)).all() == []
        assert session.exec(select(AccountSession.revoked_at)).one() is not None
        assert session.exec(select(Organisation.email).where(Organisation.ref == "GROUP-1")).one() is None
        assert session.exec(select(EarlyAccess.name, EarlyAccess.email)).one() == ("Ana", None)
        declared = dict(session.exec(select(SelfAssessment.ref, SelfAssessment.declared_by)).all())
        assert declared == {made.sent_ref: NAME, made.other_ref: "Bo"}
        assert session.exec(select(Assistance.spoke_to)).one() == NAME
        assert levels(session) == before


def test_the_decks_of_a_removed_person_go_with_their_notes_and_anothers_stay(store: Store, made: Past) -> None:
    with store.writing() as session:
        for number, account in enumerate((made.ana, factories.account(session))):
            values = {"release_id": factories.release(session), "account_id": account, "ref": f"DK-{number}"}
            deck = factories.add(session, Deck, values)
            factories.add(session, DeckSlide, {"deck_id": deck, "position": 1, "notes": f"Of DK-{number}"})
    remove(store, made, made.ana)
    with store.reading() as session:
        assert session.exec(select(Deck.ref)).all() == ["DK-1"]
        assert session.exec(select(DeckSlide.notes)).all() == ["Of DK-1"]


def test_what_the_audit_log_says_of_a_removed_person_goes_and_the_chain_stays_whole(store: Store, made: Past) -> None:
    leave(store, made)
    remove(store, made, made.ana)
    with store.reading() as session:
        entries = session.exec(select(AuditEntry).order_by(col(AuditEntry.number))).all()
        assert [entry.act for entry in entries] == ["charter_left", "person_removed"]
        assert [entry.digest for entry in entries] == [entry_digest(entry) for entry in entries]
        assert entries[1].previous_digest == entries[0].digest
        (detail,) = session.exec(select(AuditDetail)).all()
        assert detail.number == entries[1].number
        assert "203.0.113.9" not in detail.detail


def test_somebody_who_is_used_elsewhere_loses_this_organisation_alone(store: Store, made: Past) -> None:
    assert not remove(store, made, made.both)
    with store.reading() as session:
        account = session.get_one(Account, made.both)
        assert (account.name, account.email, account.disabled_at) == ("Bo Both", "both@example.org", None)
        grants = session.exec(select(AccountGrant.organisation_id).where(AccountGrant.account_id == made.both)).all()
        assert grants == [made.form.other_id]


@one_database
def test_removing_a_person_twice_says_that_somebody_was_quicker(store: Store, made: Past) -> None:
    remove(store, made, made.both)
    with pytest.raises(NotFoundError, match="any more"):
        remove(store, made, made.both)


@one_database
def test_a_person_of_another_organisation_cannot_be_removed(store: Store, made: Past) -> None:
    with store.writing() as session:
        stranger = factories.account(session, name="Stranger")
        factories.grant(session, account_id=stranger, organisation_id=made.form.other_id)
    with pytest.raises(NotFoundError):
        remove(store, made, stranger)
    with store.reading() as session:
        assert session.get_one(Account, stranger).name == "Stranger"


@one_database
def test_who_drafts_a_part_neither_leaves_nor_removes_others(store: Store, made: Past) -> None:
    with store.writing() as session:
        lead = factories.account(session)
        factories.grant(session, account_id=lead, organisation_id=made.form.council_id)
        drafter = drafting(session, made, factories.account(session))
    council = {"organisation_id": made.form.council_id}
    with store.writing() as session, pytest.raises(RefusedError, match="Only the lead"):
        leave_charter(session, viewer=drafter, organisation_id=made.form.council_id, charter_ref=made.charter_ref)
    with store.writing() as session, pytest.raises(RefusedError, match="Only the lead"):
        remove_person(session, viewer=drafter, account_id=lead, **council)
    with store.writing() as session, pytest.raises(RefusedError, match="Only the lead"):
        erase_personal_data(session, viewer=drafter, **council)


@one_database
def test_the_last_lead_stays_while_others_draft_parts(store: Store, made: Past) -> None:
    council = made.form.council_id
    with store.writing() as session:
        lead = factories.account(session)
        factories.grant(session, account_id=lead, organisation_id=council)
        drafter = drafting(session, made, factories.account(session))
    viewer = Viewer(account_id=lead, grants=made.form.partner_of(council).grants)
    with store.writing() as session, pytest.raises(RefusedError, match="Nobody would be left"):
        remove_person(session, viewer=viewer, organisation_id=council, account_id=lead)
    with store.writing() as session:
        remove_person(session, viewer=viewer, organisation_id=council, account_id=drafter.account_id or 0)
        assert remove_person(session, viewer=viewer, organisation_id=council, account_id=lead)


def test_personal_data_goes_and_levels_people_and_others_data_stay(store: Store, made: Past) -> None:
    with store.reading() as session:
        before = levels(session)
    assert erase(store, made) == Erased(kept=())
    with store.reading() as session:
        group = session.get_one(Organisation, made.form.group_id)
        assert (group.name, group.email, group.phone) == ("Tea Club", None, None)
        assert levels(session) == before
        assert sorted(session.exec(select(Answer.comment)).all()) == ["", "", "", "A secret of the chess club"]
        assert sorted(session.exec(select(Answer.revision).where(Answer.level == 3)).all()) == [1, 2]
        assert session.exec(select(Assistance.spoke_to)).one() == NAME
        assert session.get_one(Account, made.ana).name == "Ana"
        rows = session.exec(select(Mail.address, Mail.state).order_by(col(Mail.id))).all()
        assert rows == [
            (MAIL_ADDRESS, MailState.SENT),
            (MAIL_ADDRESS, MailState.FAILED),
            (OTHER_EMAIL, MailState.SENT),
            (OTHER_EMAIL, MailState.WAITING),
        ]


def test_once_figures_were_shown_comments_stay_until_they_are_published(store: Store, made: Past) -> None:
    with store.writing() as session:
        share_figures(session, made.form.period_id)
    with store.reading() as session:
        group = made.form.group_id
        assert reviews_that_hold_still(session, viewer=made.partner, organisation_id=group) == ("Review",)
    assert erase(store, made) == Erased(kept=("Review",))
    with store.reading() as session:
        assert "=cmd() we were *heard*" in session.exec(select(Answer.comment)).all()
        assert session.get_one(Organisation, made.form.group_id).email is None
    with store.writing() as session:
        session.get_one(Period, made.form.period_id).state = PeriodState.PUBLISHED
    assert erase(store, made) == Erased(kept=())
    with store.reading() as session:
        assert "=cmd() we were *heard*" not in session.exec(select(Answer.comment)).all()
