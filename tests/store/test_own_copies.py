"""A copy of what an organisation sent: whose it is, what is in it, and that no spreadsheet takes it for a formula."""

import csv
import io

import pytest
from sqlmodel import select

from charter.own.copies import SentCopy, hand_out_copy, list_copies
from charter.own.copy_file import copy_as_csv
from charter.own.organisations import find_own, own_organisations
from charter.own.references import list_references
from charter.rules.access import OPERATOR, PUBLIC, Viewer
from charter.rules.refusals import NotAllowedError, NotFoundError, SignedOutError
from db.engine import Store
from db.models import AuditEntry, Period, SelfAssessment
from db.types import Role, SelfAssessmentState
from tests import factories
from tests.store.databases import one_database
from tests.store.own_rows import Past, past

pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.fixture
def made(store: Store) -> Past:
    return past(store)


def handed_out(store: Store, viewer: Viewer, ref: str) -> SentCopy:
    with store.writing() as session:
        return hand_out_copy(session, viewer=viewer, ref=ref)


def acts(store: Store) -> list[tuple[str, str]]:
    with store.reading() as session:
        return [(row.act, row.subject) for row in session.exec(select(AuditEntry).order_by("number"))]


def test_a_partner_has_a_copy_in_words_with_comments_and_who_helped(store: Store, made: Past) -> None:
    copy = handed_out(store, made.partner, made.sent_ref)
    assert (copy.organisation_name, copy.period_title, copy.declared_by) == ("Tea Club", "Review", "Ana")
    assert [each.answer for each in copy.answers] == ["mostly (3 of 4)", "a little (1 of 4)"]
    assert [each.question for each in copy.answers] == [
        "How far did you see them listen?",
        "How far did you see them reply?",
    ]
    assert copy.answers[0].comment == "=cmd() we were *heard*"
    assert copy.answers[0].quoted == "may not be quoted"
    assert copy.assisted.startswith("Typed in for the group by")
    assert "given by Ana" in copy.assisted


def test_that_a_copy_was_handed_out_is_in_the_audit_log(store: Store, made: Past) -> None:
    handed_out(store, made.partner, made.sent_ref)
    handed_out(store, made.holding(Role.COORDINATOR), made.sent_ref)
    assert acts(store) == [("copy_handed_out", f"self_assessment {made.sent_ref}")] * 2


@one_database
def test_nobody_else_has_a_copy_and_nobody_learns_whether_there_is_one(store: Store, made: Past) -> None:
    others = [made.holding(role) for role in (Role.REVIEWER, Role.ADMINISTRATOR)]
    for who in (PUBLIC, *others, made.holding(Role.PARTNER, made.form.council_id)):
        words = []
        for ref in (made.sent_ref, "SA-00000000"):
            with pytest.raises(NotFoundError) as refusal:
                handed_out(store, who, ref)
            words.append(str(refusal.value))
        assert words[0] == words[1]
        with store.reading() as session, pytest.raises(NotAllowedError):
            list_copies(session, viewer=who, organisation_id=made.form.group_id)
        with store.reading() as session, pytest.raises(NotAllowedError):
            list_references(session, viewer=who, organisation_id=made.form.group_id)
    assert acts(store) == []


@one_database
def test_not_even_the_operator_has_a_copy(store: Store, made: Past) -> None:
    with pytest.raises(NotFoundError):
        handed_out(store, OPERATOR, made.sent_ref)


def test_a_group_has_no_copy_of_what_another_sent(store: Store, made: Past) -> None:
    with pytest.raises(NotFoundError, match="not yours"):
        handed_out(store, made.partner, made.other_ref)


@one_database
def test_a_session_that_has_ended_is_told_to_sign_in(store: Store, made: Past) -> None:
    with pytest.raises(SignedOutError):
        handed_out(store, Viewer(ended=True), made.sent_ref)


@one_database
def test_a_link_reaches_its_own_reviews_copy_and_no_other(store: Store, made: Past) -> None:
    with store.writing() as session:
        charter = session.get_one(Period, made.form.period_id).charter_id
        earlier = factories.period(session, charter_id=charter)
        factories.self_assessment(
            session,
            ref="SA-EARL1ER0",
            period_id=earlier,
            organisation_id=made.form.group_id,
            state=SelfAssessmentState.SUBMITTED,
        )
    link = made.form.by_link
    with store.reading() as session:
        group = made.form.group_id
        assert [copy.ref for copy in list_copies(session, viewer=link, organisation_id=group)] == [made.sent_ref]
        assert [row.ref for row in list_references(session, viewer=link, organisation_id=group)] == [made.sent_ref]
        assert {copy.ref for copy in list_copies(session, viewer=made.partner, organisation_id=group)} == {
            made.sent_ref,
            "SA-EARL1ER0",
        }
    assert handed_out(store, link, made.sent_ref).ref == made.sent_ref
    for ref in ("SA-EARL1ER0", made.other_ref):
        with pytest.raises(NotFoundError):
            handed_out(store, link, ref)


@one_database
def test_what_was_opened_again_has_a_number_and_no_copy(store: Store, made: Past) -> None:
    with store.writing() as session:
        row = session.exec(select(SelfAssessment).where(SelfAssessment.ref == made.sent_ref)).one()
        row.state = SelfAssessmentState.DRAFT
    with store.reading() as session:
        (reference,) = list_references(session, viewer=made.partner, organisation_id=made.form.group_id)
        assert (reference.ref, reference.sent_at, reference.words) == (made.sent_ref, None, "not sent")
        assert list_copies(session, viewer=made.partner, organisation_id=made.form.group_id) == ()
    with pytest.raises(NotFoundError):
        handed_out(store, made.partner, made.sent_ref)


@one_database
def test_the_file_for_a_spreadsheet_holds_every_answer_and_no_formula(store: Store, made: Past) -> None:
    written = copy_as_csv(handed_out(store, made.partner, made.sent_ref))
    rows = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"))))
    assert ["Reference", made.sent_ref] in rows
    answers = rows[rows.index([]) + 2 :]
    assert [row[4:6] for row in answers] == [
        ["mostly (3 of 4)", "'=cmd() we were *heard*"],
        ["a little (1 of 4)", ""],
    ]


def test_somebody_of_two_organisations_finds_both_and_no_third(store: Store, made: Past) -> None:
    both = Viewer(account_id=made.both, grants=made.partner.grants | made.form.partner_of(made.form.other_id).grants)
    with store.reading() as session:
        assert [each.ref for each in own_organisations(session, viewer=both)] == ["GROUP-2", "GROUP-1"]
        assert find_own(session, viewer=both, ref="GROUP-2").id == made.form.other_id
        assert [each.ref for each in own_organisations(session, viewer=made.form.by_link)] == ["GROUP-1"]
        assert own_organisations(session, viewer=made.holding(Role.COORDINATOR)) == ()
        for ref in ("GROUP-2", "NOT-THERE"):
            with pytest.raises(NotFoundError, match="is not yours, or is not there"):
                find_own(session, viewer=made.partner, ref=ref)
