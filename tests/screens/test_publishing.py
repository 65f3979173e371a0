"""Publishing from the coordinator's desk; each test reads the stored rows afterwards."""

from pathlib import Path

import pytest
import streamlit as st
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from charter.right_of_reply import look_first
from charter.rules.access import Viewer
from charter.sessions import start_account_session
from charter.store import reading, writing
from db.models import Action, EarlyAccess, Period, PeriodText, Release, SelfAssessment, YouSaid
from db.types import ActionStatus, PeriodState, ReleaseTextKind, Role, SelfAssessmentState
from pages.ui import keys
from tests.screens.public_site import opened as opened_publicly
from tests.screens.public_site import texts
from tests.store.closed_reviews import YEAR, Closed, closed, person

pytestmark = pytest.mark.usefixtures("settings_env")
SITE = str(Path(__file__).parents[2] / "pages" / "site.py")
PUBLISH, ANSWER_BACK = "coordinate/publish.py", "partner/answer_back.py"


@pytest.fixture
def made() -> Closed:
    st.cache_data.clear()
    with writing() as session:
        return closed(session)


def opened(who: Viewer | None, page: str, **query: str) -> AppTest:
    site = AppTest.from_file(SITE, default_timeout=60)
    if who is not None:
        with writing() as session:
            started = start_account_session(session, account_id=who.account_id or 0)
        site.session_state[keys.SESSION_ID] = started.session_id
    site.run()
    site.switch_page(page)
    for name, value in query.items():
        site.query_params[name] = value
    site.run()
    assert not site.exception, [found.value for found in site.exception]
    return site


def press(site: AppTest, key: str) -> AppTest:
    site.button(key=key).click().run()
    assert not site.exception, [found.value for found in site.exception]
    return site


def said(site: AppTest) -> str:
    alerts = [str(part.value) for kind in (site.success, site.error) for part in kind]
    return "\n".join([texts(site), *alerts]).replace("\\", "")


def box_of(site: AppTest, name: str) -> TextArea:
    """Give the first box whose name among the page's widgets begins so."""
    return next(area for area in site.text_area if str(area.key).startswith(name))


def part(made: Closed, name: str) -> AppTest:
    return opened(made.coordinator, PUBLISH, part=name, period=YEAR)


@pytest.mark.parametrize("page", [PUBLISH, ANSWER_BACK])
@pytest.mark.parametrize("role", [None, *Role])
def test_each_page_opens_to_its_role_alone(made: Closed, page: str, role: Role | None) -> None:
    with writing() as session:
        own = made.where.council if role is Role.PARTNER else None
        who = None if role is None else person(session, role, own)
    allowed = {PUBLISH: Role.COORDINATOR, ANSWER_BACK: Role.PARTNER}[page]
    words = said(opened(who, page))
    shut = "Sign in to open this page" in words or "This page is not open to you" in words
    assert shut is (role is not allowed)


def test_the_check_says_who_answered_what_is_hidden_and_what_changed(made: Closed) -> None:
    words = said(part(made, "check"))
    assert "12 of 14 groups answered" in words
    assert "not sent or not accepted: Elmford NHS." in words
    assert "no figure: too few answers, or nearly all alike." in words
    assert "There is no earlier review to compare this with." in words


def test_the_words_are_saved_and_say_who_has_not_promised(made: Closed) -> None:
    site = part(made, "words")
    assert "Elmford Council has not said what it will do about" in said(site)
    box = box_of(site, "text_what_it_means")
    box.set_value("It got better.").run()
    press(site, f"save_{box.key}")
    with reading() as session:
        row = session.exec(select(PeriodText)).one()
        assert (row.kind, row.words) == (ReleaseTextKind.WHAT_IT_MEANS, "It got better.")
    assert "“What it means” is saved." in said(site)


def test_a_link_is_made_for_a_named_person_shown_once_and_taken_back(made: Closed) -> None:
    site = part(made, "share")
    press(site, "share_preview")
    assert "Please type who you share it with" in said(site)
    site.text_input(key=keys.PREVIEW_NAME).set_value("Cllr Ade").run()
    press(site, "share_preview")
    assert "/preview/" in site.code[0].value
    site.run()
    assert not site.code
    with reading() as session:
        row = session.exec(select(EarlyAccess)).one()
        assert (row.name, row.revoked_at) == ("Cllr Ade", None)
        key = f"revoke_preview_{row.id}"
    press(site, key)
    with reading() as session:
        assert session.exec(select(EarlyAccess.revoked_at)).one() is not None
    assert "Cllr Ade: link taken back, not looked yet" in said(site)


def test_publishing_asks_first_and_publishes_once(made: Closed) -> None:
    site, other = part(made, "publish"), part(made, "publish")
    for each in (site, other):
        press(each, "ask_publish")
    with reading() as session:
        assert session.exec(select(Release)).all() == []
    press(site, "yes_publish")
    assert "is published as release 2027.1. Everyone can read it now." in said(site)
    press(other, "yes_publish")
    assert "Nothing was changed." in said(other)
    with reading() as session:
        assert session.exec(select(Release.ref)).all() == ["2027.1"]


def test_publishing_with_nobody_counted_is_refused(made: Closed) -> None:
    with writing() as session:
        for row in session.exec(select(SelfAssessment)):
            row.state = SelfAssessmentState.DRAFT
    site = part(made, "publish")
    press(site, "ask_publish")
    press(site, "yes_publish")
    assert "Nobody’s answers count in this period yet" in said(site)
    with reading() as session:
        assert session.exec(select(Release)).all() == []
        assert session.exec(select(Period.state)).one() is PeriodState.CLOSED


def published(made: Closed) -> AppTest:
    site = part(made, "publish")
    press(site, "ask_publish")
    return press(site, "yes_publish")


def test_a_correction_needs_a_reason_and_the_old_release_says_that_it_was_corrected(made: Closed) -> None:
    published(made)
    site = opened(made.coordinator, PUBLISH, period=YEAR)
    press(site, "ask_correct_2027.1")
    press(site, "yes_correct_2027.1")
    assert "Please say what was wrong" in said(site)
    site.text_area(key="correct_reason_2027.1").set_value("A *sum* was wrong.").run()
    press(site, "ask_correct_2027.1")
    press(site, "yes_correct_2027.1")
    with reading() as session:
        assert session.exec(select(Release.reason).order_by(col(Release.number))).all() == ["", "A *sum* was wrong."]
    latest = opened_publicly("method")
    assert "· corrected " in texts(latest)
    assert "The reason: A *sum* was wrong." in texts(latest)
    latest.button(key=keys.SEE_EARLIER).click().run()
    old = texts(latest)
    assert "You are looking at the 2027 review, release 2027.1. It was corrected on" in old
    assert "by release 2027.2. The reason: A *sum* was wrong." in old


def test_a_release_that_is_taken_back_has_a_notice_and_the_one_before_is_shown(made: Closed) -> None:
    published(made)
    site = opened(made.coordinator, PUBLISH, period=YEAR)
    site.text_area(key="withdraw_reason_2027.1").set_value("It was wrong.").run()
    press(site, "ask_withdraw_2027.1")
    press(site, "yes_withdraw_2027.1")
    assert "Release 2027.1 is taken back." in said(site)
    assert "Nothing is published yet." in texts(opened_publicly("headlines"))
    notice = texts(opened_publicly("headlines", release="2027.1"))
    assert "It was taken back on" in notice
    assert "The reason: It was wrong." in notice


def test_a_body_is_told_that_looking_is_published_before_it_sees_a_figure(made: Closed) -> None:
    site = opened(made.council, ANSWER_BACK)
    assert "your name, your organisation, and when you first looked" in said(site)
    assert not site.table
    press(site, "look_first")
    with reading() as session:
        row = session.exec(select(EarlyAccess)).one()
        assert (row.name, row.organisation_id) == ("Colin", made.where.council)
    assert "[c]" in "".join(site.table[0].value["Groups said"].str.replace("\\", ""))


def test_a_body_promises_and_replies_and_everyone_reads_it(made: Closed) -> None:
    with writing() as session:
        look_first(session, viewer=made.council, period_ref=YEAR, organisation_id=made.where.council)
    site = opened(made.council, ANSWER_BACK)
    name = str(box_of(site, "promise_").key).removesuffix("_we_will")
    site.text_area(key=f"{name}_we_will").set_value("listen *more*").run()
    press(site, f"{name}_save")
    assert "Please name the action" in said(site)
    assert site.text_area(key=f"{name}_we_will").value == "listen *more*"
    site.radio(key=f"{name}_when").set_value("Ongoing").run()
    site.text_input(key=f"{name}_heading").set_value("Hold a meeting").run()
    press(site, f"{name}_save")
    box = box_of(site, "reply_")
    box.set_value("We accept it.").run()
    press(site, f"save_{box.key}")
    with reading() as session:
        assert session.exec(select(YouSaid.we_will)).one() == "listen *more*"
        assert session.exec(select(Action.due_precision)).one() is None
    published(made)
    words = texts(opened_publicly("you_said"))
    assert "Elmford Council will: **listen *more***" in words
    assert "Action: Hold a meeting (ongoing)" in words
    assert "Groups gave it 41 out of 100." in words
    assert "We accept it." in words
    assert "Colin, Elmford Council: looked at its own figures on" in words


def test_a_body_says_where_its_action_stands(made: Closed) -> None:
    with writing() as session:
        session.get_one(Period, made.period_id).state = PeriodState.OPEN
        now = session.get_one(Period, made.period_id).closed_at
        assert now is not None
        session.add(
            Action(
                ref="AC-00000001",
                organisation_id=made.where.council,
                heading="Hold a *meeting*",
                created_at=now,
                changed_at=now,
            )
        )
    site = opened(made.council, ANSWER_BACK)
    site.selectbox(key="action_AC-00000001_1").set_value(ActionStatus.DONE).run()
    assert not site.exception
    with reading() as session:
        assert session.exec(select(Action.status)).one() is ActionStatus.DONE


def test_a_group_reads_that_it_need_not_do_anything(made: Closed) -> None:
    site = opened(made.group, ANSWER_BACK)
    assert "Your group need not do anything." in said(site)
    assert not site.text_area


def test_a_review_that_has_not_closed_says_what_will_be_here(made: Closed) -> None:
    with writing() as session:
        session.get_one(Period, made.period_id).state = PeriodState.OPEN
    assert "This review has not closed yet." in said(opened(made.coordinator, PUBLISH))


@pytest.mark.usefixtures("demo")
def test_the_demonstration_tells_what_was_promised_and_whether_it_was_done() -> None:
    words = texts(opened_publicly("you_said"))
    assert "1 of the 4 actions that were promised in the 2024 review are done." in words
    assert "✓ done" in words
    home = texts(opened_publicly("headlines"))
    assert "What it means" in home
    assert "Decisions asked" in home


@pytest.mark.usefixtures("demo")
def test_the_demonstration_holds_a_correction() -> None:
    words = texts(opened_publicly("headlines", period="2023"))
    assert "published 17 November 2023 · corrected 1 December 2023" in words
    old = texts(opened_publicly("headlines", release="2023.1"))
    assert "It was corrected on 1 December 2023 by release 2023.2." in old
    assert "These public bodies did not answer: Riverbank Police (made up)." in old
