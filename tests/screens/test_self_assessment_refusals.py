"""What goes wrong in a self-assessment: each is told clearly, nothing is lost, and the stored rows say so."""

import pytest
from sqlmodel import select

from charter.sessions import end_account_sessions, start_account_session
from charter.store import reading, writing
from db.models import Organisation, SelfAssessment
from db.models.self_assessments import COMMENT_LIMIT
from db.types import Contact
from pages.ui import keys
from tests import factories
from tests.screens.self_assessment_site import (
    address,
    answered_elsewhere,
    by_link,
    choose,
    close,
    closing_key,
    comment_key,
    commented_elsewhere,
    found_again,
    level_key,
    newest_account,
    opened,
    said,
    sent,
    signed_in,
    stored,
    type_comment,
)
from tests.screens.site_under_test import press
from tests.store.asked_forms import AskedForm

pytestmark = pytest.mark.usefixtures("settings_env")


# Bad input.


@pytest.mark.parametrize("word", ["5", "-1", "Never heard of it"])
def test_a_forged_level_is_refused_and_what_is_saved_stays(form: AskedForm, word: str) -> None:
    site = opened(signed_in(form), step="dialogue")
    choose(site, level_key(form), "2")
    site.radio(key=level_key(form)).options.append(word)
    choose(site, level_key(form), word)
    assert "Please choose one of the answers that are shown" in said(site)
    assert site.radio(key=level_key(form)).value == "2"
    assert stored() == [(2, None, "", False, 1)]
    choose(site, level_key(form), "3")
    assert "Please choose one" not in said(site)
    assert stored() == [(3, None, "", False, 2)]


def test_a_comment_of_100000_characters_is_refused_and_stays_in_its_box(form: AskedForm) -> None:
    words = "x" * 100_000
    site = opened(signed_in(form), step="dialogue")
    type_comment(site, form, "Short")
    type_comment(site, form, words)
    assert "has 100,000 letters" in said(site)
    assert site.text_area(key=comment_key(form)).value == words
    press(site, "to_list")
    assert "A comment is not saved yet" in said(site)
    press(site, "open_dialogue")
    assert site.text_area(key=comment_key(form)).value == words
    assert stored() == [(None, None, "Short", False, 1)]
    site.query_params["step"] = "check"
    site.run()
    site.checkbox(key=keys.DECLARED).check().run()
    press(site, "send")
    assert "A comment is not saved" in said(site)
    press(site, f"change_{form.core[0]}")
    type_comment(site, form, "y" * COMMENT_LIMIT)
    assert stored() == [(None, None, "y" * COMMENT_LIMIT, False, 2)]
    assert not site.session_state[keys.UNSAVED]


def test_a_second_window_is_told_and_overwrites_no_level(form: AskedForm) -> None:
    site = opened(signed_in(form), step="dialogue")
    answered_elsewhere(form, 4, seen=0)
    choose(site, level_key(form), "0")
    assert "changed in another window" in said(site)
    assert "You had chosen “Not at all”" in said(site)
    assert site.radio(key=level_key(form)).value == "4"
    assert stored() == [(4, None, "", False, 1)]
    choose(site, level_key(form), "0")
    assert "another window" not in said(site)
    assert stored() == [(0, None, "", False, 2)]


@pytest.mark.parametrize(("button", "kept"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_a_second_window_chooses_between_two_comments(form: AskedForm, button: str, kept: str) -> None:
    site = opened(signed_in(form), step="dialogue")
    commented_elsewhere(form, "Theirs", seen=0)
    type_comment(site, form, "Mine")
    assert "Your words are still in the box above, and not saved" in said(site)
    assert "Theirs" in [text.value for text in site.text]
    assert site.text_area(key=comment_key(form)).value == "Mine"
    assert stored()[0][2] == "Theirs"
    press(site, f"{comment_key(form)}_{button}")
    assert site.text_area(key=comment_key(form)).value == kept
    assert stored()[0][2] == kept
    assert not site.session_state[keys.UNSAVED]


def test_a_page_shows_what_another_window_saved_at_its_next_run(form: AskedForm) -> None:
    site = opened(signed_in(form), step="dialogue")
    choose(site, level_key(form), "1")
    answered_elsewhere(form, 4, seen=1)
    commented_elsewhere(form, "Theirs", seen=2)
    choose(site, level_key(form, 1), "2")
    assert site.radio(key=level_key(form)).value == "4"
    assert site.text_area(key=comment_key(form)).value == "Theirs"
    assert [row[0] for row in stored()] == [4, 2]


def test_short_answers_of_a_second_window_are_told_too(form: AskedForm) -> None:
    first = opened(signed_in(form), step="last-questions")
    second = opened(by_link(form), step="last-questions")
    choose(first, closing_key(form, "contact"), "none")
    choose(second, closing_key(form, "contact"), "a_little")
    assert "changed in another window" in said(second)
    assert second.radio(key=closing_key(form, "contact")).value == "none"
    with reading() as session:
        assert session.exec(select(SelfAssessment)).one().contact is Contact.NONE


def test_a_session_that_ends_in_mid_form_keeps_choice_and_words_until_signed_in_again(form: AskedForm) -> None:
    session_id = signed_in(form)
    site = opened(session_id, step="dialogue")
    account_id = newest_account()
    with writing() as session:
        end_account_sessions(session, account_id=account_id)
    site.text_area(key=comment_key(form)).set_value("Typed words")
    choose(site, level_key(form, 1), "3")
    assert "Your session has ended" in said(site)
    assert "Your last answer is kept on this page" in said(site)
    assert "Typed words" not in said(site)
    assert stored() == []
    with writing() as session:
        site.session_state[keys.SESSION_ID] = start_account_session(session, account_id=account_id).session_id
    site.run()
    assert "Now it is saved" in said(site)
    assert address(site, "step") == "dialogue"
    assert site.text_area(key=comment_key(form)).value == "Typed words"
    assert site.radio(key=level_key(form, 1)).value == "3"
    assert stored() == [(None, None, "Typed words", False, 1), (3, None, "", False, 1)]


def test_what_waits_is_saved_for_no_other_organisation(form: AskedForm) -> None:
    site = opened(signed_in(form), step="dialogue")
    account_id = newest_account()
    with writing() as session:
        end_account_sessions(session, account_id=account_id)
    type_comment(site, form, "Ours alone")
    site.session_state[keys.SESSION_ID] = signed_in(form, form.other_id)
    site.run()
    assert "Ours alone" not in said(site)
    assert stored() == []


def test_a_period_that_closes_in_mid_form_says_so_and_gives_the_words_back(form: AskedForm) -> None:
    site = opened(signed_in(form), step="dialogue")
    choose(site, level_key(form), "2")
    close(form)
    site.text_area(key=comment_key(form)).set_value("Too late")
    choose(site, level_key(form), "4")
    assert "takes no more answers" in said(site)
    assert site.code[0].value == "Too late"
    assert "not saved: Fully" in said(site)
    assert stored() == [(2, None, "", False, 1)]


def test_a_link_whose_period_closes_in_mid_form_gives_the_words_back_too(form: AskedForm) -> None:
    site = opened(by_link(form), step="dialogue")
    close(form)
    type_comment(site, form, "Too late")
    assert "not open for answers any more" in said(site)
    assert [code.value for code in site.code] == ["Too late"]
    assert stored() == []


def test_answers_that_were_sent_in_another_window_are_not_changed(form: AskedForm) -> None:
    site = opened(signed_in(form), step="dialogue")
    sent(form)
    type_comment(site, form, "After sending")
    assert "have been sent" in said(site)
    assert "After sending" in [code.value for code in site.code]
    assert stored() == [(3, None, "", False, 1)]


def test_a_closed_period_is_read_and_not_answered(form: AskedForm) -> None:
    answered_elsewhere(form, 3, seen=0)
    close(form)
    site = opened(signed_in(form), step="dialogue")
    assert "saved but not sent, so they do not count" in said(site)
    assert not site.radio
    assert "Mostly" in said(site)


def test_what_was_declared_for_one_organisation_holds_for_no_other_and_not_twice(form: AskedForm) -> None:
    answered_elsewhere(form, 3, seen=0)
    session_id = signed_in(form)
    with writing() as session:
        factories.grant(session, account_id=newest_account(), organisation_id=form.other_id)
    site = opened(session_id, organisation="GROUP-1", step="check")
    for organisation in ("GROUP-1", "GROUP-2", "GROUP-1"):
        site.query_params["organisation"] = organisation
        site.run()
        assert site.checkbox(key=keys.DECLARED).value is False
        assert site.text_input(key=keys.DECLARED_BY).value == ""
        site.checkbox(key=keys.DECLARED).check()
        site.text_input(key=keys.DECLARED_BY).set_value("Ana").run()
        assert site.checkbox(key=keys.DECLARED).value is True
    press(press(press(site, "send"), "take_back"), "to_check")
    assert site.checkbox(key=keys.DECLARED).value is False


def test_an_organisations_name_is_shown_as_plain_text(form: AskedForm) -> None:
    with writing() as session:
        session.get_one(Organisation, form.group_id).name = "[x](http://e.org) :red[*b*] <b>"
    for step in ("start", "list", "check"):
        site = opened(signed_in(form), step=step)
        assert "\\[x\\]\\(http" in site.caption[-1].value or "\\[x\\]\\(http" in said(site)
        assert "[x](http" not in said(site)


def test_a_link_opens_no_other_groups_form_by_an_address(form: AskedForm) -> None:
    site = opened(by_link(form), organisation="GROUP-2", step="dialogue")
    assert "not yours" in said(site)


# A page that lost its server, or a phone that slept.


def test_a_choice_and_words_given_while_the_server_was_away_are_saved(form: AskedForm) -> None:
    session_id = signed_in(form)
    site = opened(session_id, step="dialogue")
    site.radio(key=level_key(form)).set_value("3")
    site.text_area(key=comment_key(form)).set_value("Typed meanwhile")
    again = found_again(site, session_id, "dialogue")
    assert stored() == [(3, None, "Typed meanwhile", False, 2)]
    assert again.radio(key=level_key(form)).value == "3"
    assert "did not reach us" not in said(again)


def test_they_overwrite_nothing_that_is_saved(form: AskedForm) -> None:
    session_id = signed_in(form)
    site = opened(session_id, step="dialogue")
    site.radio(key=level_key(form)).set_value("0")
    site.text_area(key=comment_key(form)).set_value("Mine")
    answered_elsewhere(form, 4, seen=0)
    commented_elsewhere(form, "Theirs", seen=1)
    again = found_again(site, session_id, "dialogue")
    assert stored() == [(4, None, "Theirs", False, 2)]
    assert again.radio(key=level_key(form)).value == "4"
    assert "You had chosen “Not at all”" in said(again)
    assert again.text_area(key=comment_key(form)).value == "Mine"
    press(again, f"{comment_key(form)}_mine")
    assert stored() == [(4, None, "Mine", False, 3)]


def test_a_short_answer_given_meanwhile_is_saved(form: AskedForm) -> None:
    session_id = signed_in(form)
    site = opened(session_id, step="last-questions")
    site.radio(key=closing_key(form, "contact")).set_value("none")
    found_again(site, session_id, "last-questions")
    with reading() as session:
        assert session.exec(select(SelfAssessment)).one().contact is Contact.NONE


def test_a_button_that_is_pressed_first_acts_once(form: AskedForm) -> None:
    session_id = signed_in(form)
    site = opened(session_id, step="dialogue")
    site.button(key="to_next").click()
    assert found_again(site, session_id, "dialogue").title[0].value == "Three last questions"
