"""What a public body writes after a review has closed, and after it is published; each test reads what is kept."""

import pytest
import streamlit as st
from sqlmodel import select

from charter.right_of_reply import look_first
from charter.store import reading, writing
from db.models import Action, EarlyAccess, Period, YouSaid
from db.types import ActionStatus, PeriodState
from tests.screens.public_site import opened as opened_publicly
from tests.screens.public_site import texts
from tests.screens.publishing_site import ANSWER_BACK, box_of, opened, part, published, said, worked
from tests.screens.site_under_test import press
from tests.store.closed_reviews import YEAR, Closed, closed
from tests.store.small_year import closed_year

pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.fixture
def made() -> Closed:
    st.cache_data.clear()
    with writing() as session:
        return closed(session)


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
    published()
    words = texts(opened_publicly("you_said"))
    assert "Elmford Council will: **listen *more***" in words
    assert "Action: Hold a meeting (ongoing)" in words
    assert "Groups gave it 41 out of 100." in words
    assert "We accept it." in words
    assert "Colin, Elmford Council: looked at its own figures on" in words


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
    site.text_input(key=f"{name}_heading").set_value("Hold a meeting").run()
    press(site, f"{name}_save")
    assert "is saved. Everybody reads it once a correction is published." in said(site)
    assert "Nobody reads this promise yet." in said(site)
    assert "Elmford Council will" not in texts(opened_publicly("you_said"))
    desk = part(made, "correct")
    press(desk, "ask_correct_2027.1")
    assert "Elmford Council: what it promised, or where its actions stand, changes." in said(desk)
    desk.text_area(key="correct_reason_2027.1").set_value("A promise was missing.").run()
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
    site.selectbox(key="action_AC-00000001_1").set_value(ActionStatus.DONE).run()
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
