"""The self-assessment as a group and a public body meet it; each test reads the stored rows afterwards."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from charter import clock
from charter.answers import save_level
from charter.store import reading, writing
from charter.submissions import submit
from db.models import SelfAssessment
from db.types import Contact, Influence, NoLevel, Role, SelfAssessmentState
from pages.ui import keys
from tests import factories
from tests.screens.self_assessment_site import (
    address,
    answered_elsewhere,
    by_link,
    choose,
    closing_key,
    comment_key,
    commented_elsewhere,
    level_key,
    newest_account,
    opened,
    said,
    sent,
    signed_in,
    state,
    stored,
    type_comment,
)
from tests.screens.site_under_test import press
from tests.store.asked_forms import AskedForm

pytestmark = pytest.mark.usefixtures("settings_env")


# Who may open it.


@pytest.mark.parametrize("how", [signed_in, by_link])
def test_a_groups_first_screen_says_what_is_asked_how_long_and_who_sees_it(
    form: AskedForm, how: Callable[[AskedForm], int]
) -> None:
    words = said(opened(how(form)))
    assert "2 main questions, and three short questions" in words
    assert "1 more question, only if you have time" in words
    assert "about 4 minutes" in words
    assert "seen only by your group and the coordinator" in words
    assert "never by the council" in words
    assert "scores of 10 groups or more" in words
    assert "quoted only if you tick" in words
    assert "Test charter" in words


def test_a_public_bodys_first_screen_says_that_it_answers_by_name(form: AskedForm) -> None:
    words = said(opened(signed_in(form, form.council_id)))
    assert "answer by name" in words
    assert "2 main questions, and one short question." in words
    assert "seen only by" not in words


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REVIEWER, Role.ADMINISTRATOR])
def test_no_other_role_opens_it(form: AskedForm, role: Role) -> None:
    site = opened(signed_in(form, role=role))
    assert "This page is not open to you" in said(site)
    assert not site.radio


def test_without_signing_in_it_shows_the_form_for_that(form: AskedForm) -> None:
    assert form
    assert "Sign in to open this page" in said(opened(None))


@pytest.mark.parametrize(
    "query",
    [
        {"organisation": "GROUP-2"},
        {"organisation": "GROUP-2", "step": "dialogue"},
        {"organisation": "no such"},
        {"organisation": "GROUP-1\x00"},
        {"organisation": "' OR 1=1"},
        {"period": "1999"},
    ],
)
def test_another_organisations_form_by_address_is_not_yours(form: AskedForm, query: dict[str, str]) -> None:
    site = opened(signed_in(form), **query)
    assert "not yours, or is not there" in said(site)
    assert "Chess Club" not in said(site)
    assert not site.radio
    assert [button.label for button in site.main.button if "Tea Club" in button.label]


def test_a_coordinator_who_is_a_partner_too_answers_for_that_group_alone(form: AskedForm) -> None:
    session_id = signed_in(form)
    account_id = newest_account()
    with writing() as session:
        factories.grant(session, account_id=account_id, role=Role.COORDINATOR)
    assert "not yours" in said(opened(session_id, organisation="GROUP-2"))
    assert opened(session_id, organisation="GROUP-1", step="dialogue").radio


def test_a_partner_of_two_chooses_and_the_choice_is_in_the_address(form: AskedForm) -> None:
    session_id = signed_in(form)
    account_id = newest_account()
    with writing() as session:
        factories.grant(session, account_id=account_id, organisation_id=form.other_id)
    site = opened(session_id)
    assert "more than one self-assessment" in said(site)
    site = press(site, f"choose_{form.other_id}_{form.period_id}")
    assert address(site, "organisation") == "GROUP-2"
    assert "Chess Club" in said(site)
    press(site, "begin")
    press(site, "open_dialogue")
    choose(site, level_key(form, 0, form.other_id), "2")
    with reading() as session:
        assert session.exec(select(SelfAssessment)).one().organisation_id == form.other_id


def test_somebody_who_is_not_invited_is_told(form: AskedForm) -> None:
    with writing() as session:
        lone = factories.organisation(session)
    assert "not invited to a review" in said(opened(signed_in(form, lone)))


def test_an_unknown_step_shows_the_list(form: AskedForm) -> None:
    site = opened(signed_in(form), step="<b>nothing</b>")
    assert site.title[0].value == "Your answers"
    assert "<b>" not in said(site)


# Answering.


def test_the_whole_way_of_a_group(form: AskedForm) -> None:
    site = opened(by_link(form))
    press(site, "begin")
    assert "0 of 2 · ○ not started" in said(site)
    press(site, "open_dialogue")
    assert address(site, "step") == "dialogue"
    assert [radio.value for radio in site.radio] == [None, None]
    choose(site, level_key(form, 0), "3")
    assert site.get("progress")[0].proto.text.startswith(
        "1 of 2 main questions answered · about 3 minutes left · saved "
    )
    choose(site, level_key(form, 1), "does_not_apply")
    assert stored() == [(3, None, "", False, 1), (None, NoLevel.DOES_NOT_APPLY, "", False, 1)]
    press(site, "to_next")
    assert said(site).count("Statutory bodies are public bodies, such as the council, the NHS and the police.") == 2
    choose(site, closing_key(form, "influence"), "positive")
    choose(site, closing_key(form, "contact"), "a_little")
    press(site, "to_list")
    assert "2 of 2 · ● done" in said(site)
    assert "2 of 3 · ◐ in progress" in said(site)
    press(site, "to_check")
    assert "Mostly" in said(site)
    site.checkbox(key=keys.DECLARED).check()
    site.text_input(key=keys.DECLARED_BY).set_value("Ana *Ortiz*")
    press(site, "send")
    with reading() as session:
        row = session.exec(select(SelfAssessment)).one()
        assert (row.state, row.declared_by) == (SelfAssessmentState.SUBMITTED, "Ana *Ortiz*")
        assert (row.influence, row.contact, row.engagement_level) == (Influence.POSITIVE, Contact.A_LITTLE, None)
        assert row.ref in said(site)
    assert "by Ana \\*Ortiz\\*" in said(site)
    assert "Until then you can change your answers" in said(site)


def test_what_was_saved_is_there_on_another_browser(form: AskedForm) -> None:
    first = opened(signed_in(form), step="dialogue")
    choose(first, level_key(form, 0), "0")
    type_comment(first, form, "One example")
    again = opened(by_link(form), step="dialogue")
    assert again.radio(key=level_key(form, 0)).value == "0"
    assert again.text_area(key=comment_key(form)).value == "One example"
    choose(again, level_key(form, 1), "4")
    assert again.text_area(key=comment_key(form)).value == "One example"
    press(again, "to_list")
    press(again, "open_dialogue")
    assert [radio.value for radio in again.radio] == ["0", "4"]
    assert stored() == [(0, None, "One example", False, 2), (4, None, "", False, 1)]


def test_a_comment_and_its_tick_are_saved_and_shown_as_plain_text(form: AskedForm) -> None:
    words = "# [x](http://example.org) ![y](z) **b** <script> :red[c] 👩🏽‍🦽 ਪੰਜਾਬੀ نص\nŁódź"
    site = opened(signed_in(form), step="dialogue")
    type_comment(site, form, words)
    site.checkbox(key=f"{comment_key(form)}_may_be_quoted").check().run()
    assert stored() == [(None, None, words, True, 2)]
    site.query_params["step"] = "check"
    site.run()
    assert words in [text.value for text in site.text]
    assert not [part for part in site.markdown if "script" in part.value]


def test_a_comment_and_a_choice_in_one_go_are_both_saved(form: AskedForm) -> None:
    site = opened(signed_in(form), step="dialogue")
    choose(site, level_key(form), "1")
    site.text_area(key=comment_key(form)).set_value("Typed")
    site.radio(key=level_key(form)).set_value("2")
    press(site, "to_next")
    assert stored() == [(2, None, "Typed", False, 3)]
    assert keys.UNSAVED not in site.session_state or not site.session_state[keys.UNSAVED]


def test_a_public_body_rates_its_practice_and_waits_for_review(form: AskedForm) -> None:
    site = opened(signed_in(form, form.council_id), step="dialogue")
    assert site.radio[0].label == "How far did we listen?"
    assert not site.checkbox
    choose(site, level_key(form, 0, form.council_id), "4")
    site.query_params["step"] = "last-questions"
    site.run()
    assert [radio.label for radio in site.radio] == ["At what level do you work with groups?"]
    site.query_params["step"] = "check"
    site.run()
    site.checkbox(key=keys.DECLARED).check()
    site.text_input(key=keys.DECLARED_BY).set_value("Bo")
    press(site, "send")
    assert "wait for review" in said(site)
    assert not [button for button in site.button if button.key == "take_back"]
    assert state() is SelfAssessmentState.SUBMITTED


@pytest.mark.parametrize("found", [SelfAssessmentState.REVIEWED, SelfAssessmentState.RETURNED])
def test_a_public_body_sees_what_the_review_said(form: AskedForm, found: SelfAssessmentState) -> None:
    sent(form, form.council_id)
    with writing() as session:
        row = session.exec(select(SelfAssessment)).one()
        row.state, row.reviewed_at = found, clock.now()
    session_id = signed_in(form, form.council_id)
    if found is SelfAssessmentState.REVIEWED:
        site = opened(session_id, step="dialogue")
        assert "accepted your answers" in said(site)
        assert not site.radio
    else:
        assert "sent your answers back" in said(opened(session_id, step="list"))
        assert opened(session_id, step="dialogue").radio


# Sending.


def test_sending_needs_the_tick_the_name_and_an_answer(form: AskedForm) -> None:
    site = opened(signed_in(form), step="check")
    press(site, "send")
    assert "Please tick the box" in said(site)
    site.checkbox(key=keys.DECLARED).check().run()
    press(site, "send")
    assert "Please type your name" in said(site)
    site.text_input(key=keys.DECLARED_BY).set_value("Ana").run()
    press(site, "send")
    assert "at least one of the main questions" in said(site)
    with reading() as session:
        assert session.exec(select(SelfAssessment)).all() == []


def test_a_double_press_sends_once(form: AskedForm) -> None:
    answered_elsewhere(form, 3, seen=0)
    first = opened(signed_in(form), step="check")
    second = opened(by_link(form), step="check")
    for site in (first, second):
        site.checkbox(key=keys.DECLARED).check()
        site.text_input(key=keys.DECLARED_BY).set_value("Ana")
    for site in (first, second):
        press(site, "send")
    with reading() as session:
        ref = session.exec(select(SelfAssessment)).one().ref
    assert ref in said(first)
    assert ref in said(second)


def test_taken_back_answers_can_be_changed_and_sent_again(form: AskedForm) -> None:
    sent(form)
    site = opened(signed_in(form))
    assert "do not count until you send them again" in said(site)
    press(site, "take_back")
    assert state() is SelfAssessmentState.DRAFT
    press(site, "open_dialogue")
    choose(site, level_key(form), "0")
    assert stored() == [(0, None, "", False, 2)]


def test_the_confirmation_has_the_answers_to_keep(form: AskedForm) -> None:
    commented_elsewhere(form, "An example", seen=0)
    with writing() as session:
        save_level(session, viewer=form.partner, version_id=form.core[0], choice=3, seen_revision=1, **form.whose())
        submit(session, viewer=form.partner, declared_by="Ana", **form.whose())
    site = opened(signed_in(form))
    assert "Mostly\n  An example" in site.code[0].value
