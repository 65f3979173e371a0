"""Reading a public body's answers and deciding on them; each test reads the stored rows."""

import pytest

from charter.answers import save_comment
from charter.citing import cite_evidence
from charter.evidence.fields import EvidenceFields
from charter.evidence.items import add_evidence
from charter.sessions import end_account_sessions, start_account_session
from charter.store import store, writing
from charter.submissions import submit
from db.models import AccountSession
from db.types import Measure, PeriodState, ReviewDecision, SelfAssessmentState
from pages.ui import keys
from tests import factories
from tests.screens.review_site import NASTY, decisions, give_reason, opened, reasons, reviewer, sent, state
from tests.screens.self_assessment_site import said
from tests.screens.site_under_test import press
from tests.store import reviewing
from tests.store.asked_forms import AskedForm

pytestmark = pytest.mark.usefixtures("settings_env")


# What is pointed out.


def test_last_times_answer_jumps_and_claims_without_evidence_are_pointed_out(form: AskedForm) -> None:
    with writing() as session:
        period = factories.period(
            session,
            title="Review before",
            charter_id=1,
            state=PeriodState.PUBLISHED,
            opens_on=factories.DAY.replace(year=2020),
            closes_on=factories.DAY.replace(year=2020),
        )
        for version in form.core:
            factories.asked(session, period_id=period, version_id=version)
        row = factories.self_assessment(
            session, period_id=period, organisation_id=form.council_id, state=SelfAssessmentState.REVIEWED
        )
        for version, level in zip(form.core, (1, 3), strict=True):
            factories.answer(session, self_assessment_id=row, version_id=version, measure=Measure.PRACTICE, level=level)
    reviewing.choose(store(), form, 4)
    reviewing.choose(store(), form, 2, place=1)
    ref = reviewing.send(store(), form)
    words = said(opened(reviewer(form), ref))
    assert "1 answer moved by two levels or more, and 1 says mostly or fully without evidence" in words
    assert "▲ 3 levels up since Review before." in words
    assert "Review before: A little" in words
    assert "Review before: Mostly" in words
    assert words.count("no evidence is given for it") == 1


def test_evidence_stands_beside_its_answer_as_a_link_and_comments_are_plain(form: AskedForm) -> None:
    viewer, whose = form.partner_of(form.council_id), form.whose(form.council_id)
    reviewing.choose(store(), form, 4)
    with writing() as session:
        fields = EvidenceFields(NASTY, "https://example.org/report")
        key = add_evidence(session, viewer=viewer, organisation_id=form.council_id, fields=fields)
        cite_evidence(session, viewer=viewer, version_id=form.core[0], evidence_ids=[key], seen_revision=1, **whose)
        save_comment(
            session,
            viewer=viewer,
            version_id=form.core[0],
            comment=NASTY,
            may_be_quoted=False,
            seen_revision=2,
            **whose,
        )
        ref = submit(session, viewer=viewer, declared_by=NASTY, **whose).ref
    site = opened(reviewer(form), ref)
    assert NASTY in {text.value for text in site.text}
    (link,) = site.get("link_button")
    assert link.proto.url == "https://example.org/report"
    assert link.proto.label.startswith("\\<b\\>")
    assert NASTY not in "\n".join(str(part.value) for part in (*site.markdown, *site.caption))
    assert "no evidence is given" not in said(site)


# Deciding.


def test_accepting_all_counts_them(form: AskedForm) -> None:
    ref = sent(form)
    site = press(opened(reviewer(form), ref), "accept")
    assert "You accepted the answers of Riverbank Council" in said(site)
    assert (state(form), decisions()) == (SelfAssessmentState.REVIEWED, [ReviewDecision.ACCEPTED])


def test_sending_back_keeps_each_reason(form: AskedForm) -> None:
    ref = sent(form)
    site = give_reason(opened(reviewer(form), ref), ref, form, "How do you know?")
    assert "You typed 1 reason." in said(site)
    site = press(site, "send_back")
    assert "They see your reasons" in said(site)
    assert (state(form), reasons()) == (SelfAssessmentState.RETURNED, ["How do you know?"])


def test_sending_back_without_a_reason_is_refused(form: AskedForm) -> None:
    ref = sent(form)
    site = press(opened(reviewer(form), ref), "send_back")
    assert "at least one answer" in said(site)
    assert (state(form), decisions()) == (SelfAssessmentState.SUBMITTED, [])


def test_accepting_with_a_reason_typed_is_refused_and_the_reason_stays(form: AskedForm) -> None:
    ref = sent(form)
    site = press(give_reason(opened(reviewer(form), ref), ref, form, "Wait"), "accept")
    assert "Not accepted yet" in said(site)
    assert site.text_area(key=f"review_reason_{ref}_{form.core[0]}").value == "Wait"
    assert decisions() == []


def test_a_reason_that_is_too_long_is_refused_and_stays(form: AskedForm) -> None:
    ref = sent(form)
    site = press(give_reason(opened(reviewer(form), ref), ref, form, "x" * 2001), "send_back")
    assert "It is still in the box" in said(site)
    assert len(site.text_area(key=f"review_reason_{ref}_{form.core[0]}").value or "") == 2001
    assert decisions() == []


def test_reasons_that_are_being_typed_are_there_again_after_signing_in_again_and_for_nobody_else(
    form: AskedForm,
) -> None:
    ref, number = sent(form), reviewer(form)
    site = give_reason(opened(number, ref), ref, form, "How do you know?")
    box = f"review_reason_{ref}_{form.core[0]}"
    with writing() as session:
        account = session.get_one(AccountSession, number).account_id or 0
        end_account_sessions(session, account_id=account)
    site = press(site, "send_back")
    assert "The reasons that you typed are kept on this page" in said(site)
    assert "How do you know?" not in said(site)
    assert decisions() == []
    with writing() as session:
        site.session_state[keys.SESSION_ID] = start_account_session(session, account_id=account).session_id
    assert site.run().text_area(key=box).value == "How do you know?"
    site.session_state[keys.SESSION_ID] = reviewer(form)
    assert site.run().text_area(key=box).value == ""


def test_after_a_decision_the_boxes_are_empty_when_the_answers_come_back(form: AskedForm) -> None:
    ref = sent(form)
    site = press(give_reason(opened(reviewer(form), ref), ref, form, "How do you know?"), "send_back")
    reviewing.choose(store(), form, 0, seen=1)
    reviewing.send(store(), form)
    site = press(site.run(), f"read_{ref}")
    assert site.text_area(key=f"review_reason_{ref}_{form.core[0]}").value == ""
    press(site, "accept")
    assert state(form) is SelfAssessmentState.REVIEWED


def test_the_second_reviewer_is_told_and_must_look_again(form: AskedForm) -> None:
    ref = sent(form)
    site = give_reason(opened(reviewer(form), ref), ref, form, "My reason")
    reviewing.take(store(), form, ref)
    site = press(site, "send_back")
    assert "has decided already" in said(site)
    assert "accepted" in said(site)
    assert "Something changed since you opened this page" in said(site)
    assert "send_back" not in {button.key for button in site.main.button}
    assert decisions() == [ReviewDecision.ACCEPTED]
    site = press(site, "read_anew")
    assert "Something changed" not in said(site)
    assert site.text_area(key=f"review_reason_{ref}_{form.core[0]}").value == "My reason"
    press(site, "send_back")
    assert decisions() == [ReviewDecision.ACCEPTED, ReviewDecision.RETURNED]


def test_what_was_sent_again_meanwhile_is_not_decided_on_unseen(form: AskedForm) -> None:
    ref = sent(form)
    site = opened(reviewer(form), ref)
    reviewing.send_back(store(), form, ref)
    reviewing.choose(store(), form, 0, seen=1)
    reviewing.send(store(), form)
    site = press(site, "accept")
    assert "Something changed" in said(site)
    assert state(form) is SelfAssessmentState.SUBMITTED
    site = press(press(site, "read_anew"), "accept")
    assert state(form) is SelfAssessmentState.REVIEWED


def test_while_they_are_with_the_body_only_the_reasons_are_shown(form: AskedForm) -> None:
    ref = sent(form)
    reviewing.send_back(store(), form, ref, {form.core[0]: NASTY})
    reviewing.choose(store(), form, 0, seen=1)
    words = said(opened(reviewer(form), ref))
    assert NASTY in words
    assert "Not at all" not in words


def test_the_reply_is_read_when_they_come_back(form: AskedForm) -> None:
    ref = sent(form)
    reviewing.send_back(store(), form, ref)
    reviewing.reply(store(), form, NASTY)
    reviewing.send(store(), form)
    words = said(opened(reviewer(form), ref))
    assert reviewing.WHY in words
    assert NASTY in words


def test_after_publication_what_was_accepted_goes_back_only_with_a_reason(form: AskedForm) -> None:
    ref = sent(form)
    reviewing.take(store(), form, ref)
    reviewing.set_period(store(), form, PeriodState.PUBLISHED)
    site = opened(reviewer(form), ref)
    assert "by a correction only" in said(site)
    assert "accept" not in {button.key for button in site.main.button}
    site = press(site, "send_back")
    assert state(form) is SelfAssessmentState.REVIEWED
    press(give_reason(site, ref, form, "The figure was wrong."), "send_back")
    assert state(form) is SelfAssessmentState.RETURNED
