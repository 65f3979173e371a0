"""A public body's form: what was sent back and the reply, its evidence, and who drafts which part."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from charter.drafting import assign_parts
from charter.evidence.fields import EvidenceFields
from charter.evidence.items import add_evidence
from charter.sessions import start_account_session
from charter.store import reading, store, writing
from db.models import AnswerEvidence, Commitment, CommitmentVersion, DraftingPart, Evidence, ReturnedAnswer
from db.types import PeriodState, SelfAssessmentState
from pages.ui import keys
from pages.ui.plain import plain
from tests import factories
from tests.screens.self_assessment_site import level_key, opened, said, signed_in
from tests.screens.site_under_test import press
from tests.store import reviewing
from tests.store.asked_forms import AskedForm

pytestmark = pytest.mark.usefixtures("settings_env")
NASTY = "<b>*No*</b> [it](https://example.org) :material/lock: $x$"


def person(form: AskedForm, name: str) -> tuple[int, int]:
    """Add somebody of the council, and give the account and its session."""
    with writing() as session:
        account = factories.account(session, name=name)
        factories.grant(session, account_id=account, organisation_id=form.council_id)
        return account, start_account_session(session, account_id=account).session_id


def strand(version_id: int) -> int:
    with reading() as session:
        version = session.get_one(CommitmentVersion, version_id)
        return session.get_one(Commitment, version.commitment_id).strand_id


def item(form: AskedForm, title: str = "A report", link: str = "") -> int:
    with writing() as session:
        viewer = form.partner_of(form.council_id)
        return add_evidence(session, viewer=viewer, organisation_id=form.council_id, fields=EvidenceFields(title, link))


def returned(form: AskedForm, reason: str = reviewing.WHY) -> str:
    ref = reviewing.sent(store(), form)
    reviewing.send_back(store(), form, ref, {form.core[0]: reason})
    return ref


def reply_key(form: AskedForm) -> str:
    return f"assessment_reply_{form.council_id}_{form.period_id}_{form.core[0]}"


def replies() -> list[str]:
    with reading() as session:
        return list(session.exec(select(ReturnedAnswer.reply)))


def labels(site: AppTest) -> list[str]:
    return [expander.label for expander in site.expander]


# Sent back.


def test_the_list_says_where_reasons_stand_and_the_question_shows_them(form: AskedForm) -> None:
    returned(form, NASTY)
    session_id = signed_in(form, form.council_id)
    words = said(opened(session_id, step="list"))
    assert "has sent your answers back" in words
    assert "▲ 1 answer sent back" in words
    site = opened(session_id, step="dialogue")
    assert NASTY in {text.value for text in site.text}
    assert site.radio(key=level_key(form, organisation_id=form.council_id)).value == "3"


def test_a_reply_is_sent_once(form: AskedForm) -> None:
    returned(form)
    site = opened(signed_in(form, form.council_id), step="dialogue")
    site.text_area(key=reply_key(form)).set_value(NASTY)
    site = press(site, f"{reply_key(form)}_send")
    assert replies() == [NASTY]
    assert NASTY in {text.value for text in site.text}
    assert reply_key(form) not in {area.key for area in site.text_area}


def test_a_reply_that_cannot_be_taken_stays_in_its_box(form: AskedForm) -> None:
    returned(form)
    site = opened(signed_in(form, form.council_id), step="dialogue")
    site = press(site, f"{reply_key(form)}_send")
    assert "Please type a reply first" in said(site)
    site.text_area(key=reply_key(form)).set_value("x" * 2001)
    site = press(site, f"{reply_key(form)}_send")
    assert "still in the box" in said(site)
    assert len(site.text_area(key=reply_key(form)).value or "") == 2001
    assert replies() == [""]


def test_a_second_reply_from_another_window_is_refused(form: AskedForm) -> None:
    returned(form)
    site = opened(signed_in(form, form.council_id), step="dialogue")
    reviewing.reply(store(), form, "First.")
    site.text_area(key=reply_key(form)).set_value("Second.")
    press(site, f"{reply_key(form)}_send")
    assert replies() == ["First."]


@pytest.mark.parametrize("period", [PeriodState.OPEN, PeriodState.CLOSED, PeriodState.PUBLISHED])
def test_it_is_put_right_and_sent_again_also_after_closing(form: AskedForm, period: PeriodState) -> None:
    returned(form)
    reviewing.set_period(store(), form, period)
    session_id = signed_in(form, form.council_id)
    site = opened(session_id, step="dialogue")
    key = level_key(form, organisation_id=form.council_id)
    site.radio(key=key).set_value("1").run()
    site = opened(session_id, step="check")
    site.checkbox(key=keys.DECLARED).set_value(True)
    site.text_input(key=keys.DECLARED_BY).set_value("Ana")
    site = press(site, "send")
    assert "Your answers have arrived" in said(site)
    assert reviewing.state(store()) is SelfAssessmentState.SUBMITTED


def test_a_form_that_was_never_sent_stays_closed(form: AskedForm) -> None:
    reviewing.choose(store(), form, 3)
    reviewing.set_period(store(), form, PeriodState.CLOSED)
    site = opened(signed_in(form, form.council_id), step="dialogue")
    assert "This review is closed" in said(site)
    assert not site.radio


# Evidence.


def test_groups_are_never_asked_for_evidence(form: AskedForm) -> None:
    session_id = signed_in(form)
    for step in ("start", "list", "dialogue", "check"):
        site = opened(session_id, step=step)
        assert "vidence" not in said(site) + " ".join(labels(site))
        assert not site.multiselect


def test_an_item_is_added_and_the_fields_are_empty_again(form: AskedForm) -> None:
    site = opened(signed_in(form, form.council_id), step="list")
    assert "There is none yet" in said(site)
    site.text_input(key=keys.EVIDENCE_TITLE).set_value(NASTY)
    site.text_input(key=keys.EVIDENCE_LINK).set_value("https://example.org")
    site = press(site, "add_evidence")
    assert "Added." in said(site)
    assert site.text_input(key=keys.EVIDENCE_TITLE).value == ""
    site.text_input(key=keys.EVIDENCE_TITLE).set_value(NASTY)  # as the second press of a double click comes with it
    site.text_input(key=keys.EVIDENCE_LINK).set_value("https://example.org")
    assert site.text_input(key=keys.EVIDENCE_TITLE).value == NASTY
    site = press(site, "add_evidence")
    assert site.text_input(key=keys.EVIDENCE_TITLE).value == ""
    with reading() as session:
        assert [(row.title, row.link) for row in session.exec(select(Evidence))] == [(NASTY, "https://example.org")]
    assert plain(NASTY) in [link.proto.label for link in site.get("link_button")], "it stands there escaped"


def test_an_item_that_cannot_be_taken_keeps_what_was_typed(form: AskedForm) -> None:
    site = opened(signed_in(form, form.council_id), step="list")
    site.text_input(key=keys.EVIDENCE_TITLE).set_value("A report")
    site.text_input(key=keys.EVIDENCE_LINK).set_value("javascript:alert(1)")
    site = press(site, "add_evidence")
    assert "Not added yet. A link begins with https://" in said(site)
    assert site.text_input(key=keys.EVIDENCE_TITLE).value == "A report"
    assert site.text_input(key=keys.EVIDENCE_LINK).value == "javascript:alert(1)"
    with reading() as session:
        assert session.exec(select(Evidence)).all() == []


def test_an_answer_cites_an_item_on_the_click(form: AskedForm) -> None:
    first, second = item(form), item(form, "Minutes")
    session_id = signed_in(form, form.council_id)
    site = opened(session_id, step="dialogue")
    key = level_key(form, organisation_id=form.council_id)
    site.radio(key=key).set_value("4").run()
    field = key.replace("_level_", "_evidence_")
    site.multiselect(key=field).set_value([first, second]).run()
    site.radio(key=key).set_value("3").run()
    site.multiselect(key=field).set_value([second]).run()
    with reading() as session:
        assert list(session.exec(select(AnswerEvidence.evidence_id))) == [second]
    assert reviewing.state(store()) is SelfAssessmentState.DRAFT
    assert "Evidence: Minutes" in said(opened(session_id, step="check"))


def test_an_item_is_taken_away_and_what_was_sent_keeps_its_own(form: AskedForm) -> None:
    key = item(form)
    site = press(opened(signed_in(form, form.council_id), step="list"), f"remove_evidence_{key}")
    assert "There is none yet" in said(site)


def test_without_items_the_question_says_where_to_add_them(form: AskedForm) -> None:
    assert "Add your evidence on the list page" in said(opened(signed_in(form, form.council_id), step="dialogue"))


# Drafting.


def test_a_lead_says_who_drafts_on_the_list_page(form: AskedForm) -> None:
    _, session_id = person(form, "Lea")
    dan, _ = person(form, NASTY)
    site = opened(session_id, step="list")
    site.selectbox(key=keys.DRAFTING_WHO).set_value(dan)
    site.multiselect(key=keys.DRAFTING_STRANDS).set_value([strand(form.more)])
    site.text_input(key=keys.DRAFTING_DIRECTORATE).set_value("Housing")
    site = press(site, "assign_parts")
    with reading() as session:
        assert [(row.account_id, row.directorate) for row in session.exec(select(DraftingPart))] == [(dan, "Housing")]
    words = said(site)
    assert "Drafted by" in words
    assert "Housing" in words
    assert NASTY not in words


def test_an_assignment_that_cannot_be_taken_is_told_and_kept(form: AskedForm) -> None:
    lea, session_id = person(form, "Lea")
    person(form, "Dan")
    site = opened(session_id, step="list")
    site.selectbox(key=keys.DRAFTING_WHO).set_value(lea)
    site.multiselect(key=keys.DRAFTING_STRANDS).set_value([strand(form.more)])
    site = press(site, "assign_parts")
    assert "Not changed. Please type which part of your organisation drafts" in said(site)
    assert site.multiselect(key=keys.DRAFTING_STRANDS).value == [strand(form.more)]
    with reading() as session:
        assert session.exec(select(DraftingPart)).all() == []


def drafting(form: AskedForm) -> int:
    """Let Dan draft the strand of the third question, and give his session."""
    person(form, "Lea")
    dan, session_id = person(form, "Dan")
    with writing() as session:
        assign_parts(
            session,
            viewer=form.partner_of(form.council_id),
            organisation_id=form.council_id,
            account_id=dan,
            directorate="Housing",
            strand_ids=[strand(form.more)],
        )
    return session_id


def test_a_drafter_sees_what_is_theirs_and_who_sends(form: AskedForm) -> None:
    site = opened(drafting(form), step="list")
    words = said(site)
    assert "You draft for **Housing**: Resilience." in words
    assert "sent by your lead: Lea" in words
    assert "Yours to draft" in words
    assert "Who drafts which part" not in labels(site)


def test_a_drafter_outside_its_strands_reads_and_cannot_answer_by_address(form: AskedForm) -> None:
    session_id = drafting(form)
    reviewing.choose(store(), form, 3)
    for step in ("dialogue", "last-questions"):
        site = opened(session_id, step=step)
        assert "You can read this part and not change it" in said(site)
        assert not site.radio
    assert "Mostly" in said(opened(session_id, step="dialogue"))
    own = opened(session_id, step="resilience-more")
    assert len(own.radio) == 1


def test_a_drafter_is_told_that_the_lead_sends(form: AskedForm) -> None:
    site = opened(drafting(form), step="check")
    assert "You draft a part, so you do not send" in said(site)
    assert "send" not in {button.key for button in site.main.button}


def test_a_drafter_who_was_made_one_while_typing_is_told_and_nothing_is_saved(form: AskedForm) -> None:
    person(form, "Lea")
    dan, session_id = person(form, "Dan")
    site = opened(session_id, step="dialogue")
    with writing() as session:
        assign_parts(
            session,
            viewer=form.partner_of(form.council_id),
            organisation_id=form.council_id,
            account_id=dan,
            directorate="Housing",
            strand_ids=[strand(form.more)],
        )
    site.radio(key=level_key(form, organisation_id=form.council_id)).set_value("4").run()
    assert not site.exception
    assert "drafted by somebody else" in said(site)
    with reading() as session:
        assert reviewing.acts(store())[-1] == "drafting_assigned"
        assert session.exec(select(AnswerEvidence)).all() == []
