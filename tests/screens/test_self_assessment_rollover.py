"""Last year beside this year, on the form: not before an answer is chosen, one press that keeps it, and its flags."""

import pytest
from streamlit.testing.v1 import AppTest

from charter.store import store
from db.types import Meaning, NoLevel
from tests.screens.self_assessment_site import (
    answered_elsewhere,
    by_link,
    choose,
    close,
    level_key,
    opened,
    said,
    signed_in,
    stored,
)
from tests.screens.site_under_test import press
from tests.store.asked_forms import AskedForm
from tests.store.rolling import earlier, new_version
from tests.store.rolling import stored as marks

pytestmark = pytest.mark.usefixtures("settings_env")


def key(form: AskedForm, place: int = 0) -> str:
    return level_key(form, place).replace("_level_", "_no_change_")


def buttons(site: AppTest) -> set[str]:
    return {str(button.key) for button in site.main.button}


def test_last_years_level_appears_only_once_this_years_is_chosen(form: AskedForm) -> None:
    earlier(store(), form, {form.core[0]: 4})
    site = opened(by_link(form), step="dialogue")
    assert "you chose" not in said(site)
    assert site.radio(key=level_key(form)).value is None
    site = choose(site, level_key(form), "1")
    assert "Review 1 before: you chose “Fully”" in said(site)
    assert key(form) not in buttons(site)


@pytest.mark.parametrize(("choice", "word"), [(4, "4"), (NoLevel.DONT_KNOW, "dont_know")])
def test_no_change_is_one_tap_that_saves_and_is_marked(form: AskedForm, choice: int | NoLevel, word: str) -> None:
    earlier(store(), form, {form.core[0]: choice})
    site = press(opened(by_link(form), step="dialogue"), key(form))
    assert site.radio(key=level_key(form)).value == word
    assert "Carried over from Review 1 before" in said(site)
    (mark,) = marks(store(), form)
    assert mark[2:] == (True, 1)
    assert "Carried over from Review 1 before" in said(opened(by_link(form), step="check"))


def test_another_level_clears_the_mark(form: AskedForm) -> None:
    earlier(store(), form, {form.core[0]: 4})
    site = choose(press(opened(by_link(form), step="dialogue"), key(form)), level_key(form), "2")
    assert "Carried over" not in said(site)
    assert "you chose “Fully”" in said(site)
    assert marks(store(), form) == [(2, None, False, 2)]


def test_where_there_is_nothing_to_keep_there_is_no_button(form: AskedForm) -> None:
    site = opened(by_link(form), step="dialogue")
    assert key(form) not in buttons(site)
    earlier(store(), form, {form.core[0]: 4})
    site = opened(by_link(form), step="dialogue")
    assert key(form) in buttons(site)
    assert key(form, 1) not in buttons(site)
    assert "You gave no answer to this last time." in said(choose(site, level_key(form, 1), "2"))


def test_new_and_changed_questions_are_flagged_with_why_there_is_no_comparison(form: AskedForm) -> None:
    earlier(store(), form, {form.core[0]: 4}, asked=(form.core[0],))
    new_version(store(), form, meaning=Meaning.CHANGED)
    words = said(opened(by_link(form), step="dialogue"))
    assert "Changed since last year.** It means something else now, so it cannot be compared" in words
    assert "New this year.** You were not asked this last time, so there is nothing to compare" in words


def test_in_the_first_period_nothing_is_flagged(form: AskedForm) -> None:
    words = said(opened(by_link(form), step="dialogue"))
    assert "New this year" not in words
    assert "last time" not in words


def test_a_press_on_an_older_page_overwrites_nothing(form: AskedForm) -> None:
    earlier(store(), form, {form.core[0]: 4})
    site = opened(signed_in(form), step="dialogue")
    answered_elsewhere(form, 1, seen=0)
    site = press(site, key(form))
    assert "changed in another window" in said(site)
    assert site.radio(key=level_key(form)).value == "1"
    assert marks(store(), form) == [(1, None, False, 1)]


def test_a_press_after_closing_is_refused_and_told(form: AskedForm) -> None:
    earlier(store(), form, {form.core[0]: 4})
    site = opened(signed_in(form), step="dialogue")
    close(form)
    site = press(site, key(form))
    assert "is not saved: No change since last year" in said(site)
    assert stored()[1:] == []  # the earlier one is all there is
