"""What a public body writes after a review has closed, and after it is published; each test reads what is kept."""

import pytest
from sqlmodel import select

from charter.right_of_reply import look_first
from charter.sessions import end_account_sessions
from charter.store import reading, writing
from db.models import Action, EarlyAccess, Period, YouSaid
from db.types import ActionStatus, PeriodState
from pages.ui import keys
from tests.screens.public_site import opened as opened_publicly
from tests.screens.public_site import texts
from tests.screens.publishing_site import ANSWER_BACK, box_of, opened, part, published, said, worked
from tests.screens.site_under_test import press, ran, session_of
from tests.store.closed_reviews import YEAR, Closed
from tests.store.small_year import closed_year

pytestmark = pytest.mark.usefixtures("settings_env")


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
    site.text_area(key=f"{name}_we_will").set_value("listen *more*")
    press(site, f"{name}_save")
    assert "Please name the action" in said(site)
    assert site.text_area(key=f"{name}_we_will").value == "listen *more*"
    site.radio(key=f"{name}_when").set_value("Ongoing").run()
    site.text_input(key=f"{name}_heading").set_value("Hold a meeting")
    press(site, f"{name}_save")
    box = box_of(site, "reply_")
    box.set_value("We accept it.")
    press(site, f"save_{box.key}")
    with reading() as session:
        assert session.exec(select(YouSaid.we_will)).one() == "listen *more*"
        assert session.exec(select(Action.due_precision)).one() is None
    published()
    words = texts(opened_publicly("you_said"))
    assert "Elmford Council will: **listen *more***" in words
    assert "Action: Hold a meeting (ongoing)" in words
    assert "Groups gave it 41 out of 100." in words
    assert "We accept it." in words
    assert "Colin, Elmford Council: looked at its own figures on" in words


def test_what_two_of_a_body_write_at_once_is_not_lost(made: Closed) -> None:
    with writing() as session:
        look_first(session, viewer=made.council, period_ref=YEAR, organisation_id=made.where.council)
    site, other = opened(made.council, ANSWER_BACK), opened(made.council, ANSWER_BACK)
    name = str(box_of(site, "promise_").key).removesuffix("_we_will")
    for each, words in ((site, "ask *more*"), (other, "listen more")):
        each.text_area(key=f"{name}_we_will").set_value(words)
        each.radio(key=f"{name}_when").set_value("Ongoing").run()
        each.text_input(key=f"{name}_heading").set_value("Hold a meeting").run()
        box_of(each, "reply_").set_value(f"We will {words}.")
    press(press(other, f"{name}_save"), f"save_{box_of(other, 'reply_').key}")
    press(site, f"{name}_save")
    assert "Nothing was overwritten: copy what you typed" in said(site)
    assert box_of(site, "promise_").value == "listen more"
    assert box_of(site, "reply_").value == "We will listen more."
    assert {code.value for code in site.code} == {"ask *more*", "We will ask *more*."}
    assert not other.code
    with reading() as session:
        assert session.exec(select(YouSaid.we_will)).one() == "listen more"


def test_a_session_that_ends_keeps_a_reply_that_is_being_typed(made: Closed) -> None:
    with writing() as session:
        look_first(session, viewer=made.council, period_ref=YEAR, organisation_id=made.where.council)
    site = opened(made.council, ANSWER_BACK)
    with writing() as session:
        end_account_sessions(session, account_id=made.council.account_id or 0)
    key = str(box_of(site, "reply_").key)
    site.text_area(key=key).set_value("We accept it.")
    press(site, f"save_{key}")
    assert "Your session has ended" in said(site)
    site.session_state[keys.SESSION_ID] = session_of(made.council.account_id)
    assert ran(site).text_area(key=key).value == "We accept it."


def test_after_publishing_a_body_reads_what_everyone_reads_and_what_a_change_needs(made: Closed) -> None:
    with writing() as session:
        look_first(session, viewer=made.council, period_ref=YEAR, organisation_id=made.where.council)
    published()
    site = opened(made.council, ANSWER_BACK)
    assert "Everybody reads your figures, reply and promises in release 2027.1" in said(site)
    assert "You wrote none." in said(site)
    assert "Release 2027.1 holds no promise of yours here. You can still write one." in said(site)
    name = str(box_of(site, "promise_").key).removesuffix("_we_will")
    site.text_area(key=f"{name}_we_will").set_value("listen more").run()
    site.radio(key=f"{name}_when").set_value("Ongoing").run()
    site.text_input(key=f"{name}_heading").set_value("Hold a meeting")
    press(site, f"{name}_save")
    assert "is saved. Everybody reads it once a correction is published." in said(site)
    assert "Nobody reads this promise yet." in said(site)
    assert "Elmford Council will" not in texts(opened_publicly("you_said"))
    desk = part(made, "correct")
    press(desk, "ask_correct_2027.1")
    assert "Elmford Council: what it promised, or where its actions stand, changes." in said(desk)
    desk.text_area(key="correct_reason_2027.1").set_value("A promise was missing.")
    press(desk, "yes_correct_2027.1")
    worked(desk)
    assert "Elmford Council will: **listen more**" in texts(opened_publicly("you_said"))
    assert "Everybody reads this promise as it stands here, in release 2027.2." in said(
        opened(made.council, ANSWER_BACK)
    )


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
    assert "**1. Hold a *meeting*** (ongoing)" in said(site)
    box = site.selectbox(key="action_AC-00000001_1")
    assert box.label == "Where action 1 stands", "a label is read out with the escapes of its marks"
    box.set_value(ActionStatus.DONE).run()
    assert not site.exception
    with reading() as session:
        assert session.exec(select(Action.status)).one() is ActionStatus.DONE


def test_a_group_reads_that_it_need_not_do_anything(made: Closed) -> None:
    site = opened(made.group, ANSWER_BACK)
    assert "Your group need not do anything." in said(site)
    assert not site.text_area


def test_while_one_review_is_published_and_the_next_is_closed_the_body_chooses(made: Closed) -> None:
    published()
    with writing() as session:
        closed_year(session, made.where, 2028)
    site = opened(made.council, ANSWER_BACK)
    (box,) = (box for box in site.selectbox if box.label == "Review")
    assert [option.replace("\\", "") for option in box.options] == ["2028 review: closed", "2027 review: published"]
    assert "your name, your organisation, and when you first looked" in said(site)
    assert "Was it done?" in said(site)
    box.set_value(YEAR).run()
    assert "Everybody reads your figures, reply and promises in release 2027.1" in said(site)
    with reading() as session:
        assert session.exec(select(EarlyAccess.id)).all() == [], "nobody has looked at the closed one"
