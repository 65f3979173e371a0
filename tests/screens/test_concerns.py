"""The page of concerns: raising one, answering, passing on and deciding; each test reads the stored rows."""

from pathlib import Path

import pytest
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from charter.concerns.deciding import ask_officer
from charter.concerns.reading import read_concern
from charter.concerns.replying import reply
from charter.concerns.words import next_sentence
from charter.demonstration.making import rounds
from charter.rules.access import Viewer
from charter.store import reading, writing
from db.models import Action, Concern, ConcernReply, ConcernStep
from db.types import ConcernState, Precision
from tests import factories
from tests.screens.made_stores import MadeStores
from tests.screens.public_site import opened as opened_publicly
from tests.screens.self_assessment_site import said as said_in_marks
from tests.screens.site_under_test import opened_at, press, ran, session_of
from tests.store.concern_people import PROMISE, SECRET, Sides, answered, decided, passed_on, raised, sides

pytestmark = pytest.mark.usefixtures("settings_env")
PAGE = "partner/concerns.py"
NASTY = "<b>*No*</b> [it](https://example.org) :material/lock: $x$"


@pytest.fixture
def who(made_stores: MadeStores, settings_env: Path) -> Sides:
    return made_stores.lay(sides, settings_env / "charter.db")


def opened(viewer: Viewer, ref: str = "", **query: str) -> AppTest:
    """Open the page as somebody: the list, or one concern."""
    address = {"ref": ref, **query} if ref else query
    return opened_at(PAGE, address, session_id=session_of(viewer.account_id))


def said(site: AppTest) -> str:
    """Give all that the screen says, the escaping of marks taken out."""
    return said_in_marks(site).replace("\\", "").replace("\u2060", "")


def states() -> list[ConcernState]:
    with reading() as session:
        return [row.state for row in session.exec(select(Concern).order_by(col(Concern.id)))]


def test_a_group_raises_a_concern_and_is_taken_to_it(who: Sides) -> None:
    site = opened(who.ana, part="raise")
    assert "No concern that you may see is open" not in said(site)
    site.selectbox(key=f"concern_about_{who.group}").set_value(who.council).run()
    site = press(site, "raise_concern")
    assert "Please type what your concern is" in said(site)
    site.selectbox(key=f"concern_promise_{who.council}").set_value(PROMISE)
    site.text_area(key="concern_words").set_value(NASTY)
    site = press(site, "raise_concern")
    with reading() as session:
        row = session.exec(select(Concern)).one()
        assert (row.words, row.raised_by_id, row.about_id) == (NASTY, who.group, who.council)
        ref = row.ref
    words = said(site)
    assert f"Your concern {ref} is with the champion" in words
    assert "It is with the champion, who has until" in words
    assert NASTY not in said_in_marks(site), "what people type means nothing to Markdown"
    assert NASTY in words


def test_what_was_typed_stays_when_no_promise_is_chosen(who: Sides) -> None:
    site = opened(who.ana, part="raise")
    site.selectbox(key=f"concern_about_{who.group}").set_value(who.council).run()
    site.text_area(key="concern_words").set_value(SECRET)
    site = press(site, "raise_concern")
    assert "There is no such promise" in said(site)
    assert site.text_area(key="concern_words").value == SECRET
    assert states() == []


def test_the_coordinator_raises_one_for_a_group_that_rang_up(who: Sides) -> None:
    site = opened(who.coordinator, part="raise")
    assert "Choose the group that rang up or wrote" in said(site)
    site.selectbox(key="concern_for").set_value(who.group).run()
    site.selectbox(key=f"concern_about_{who.group}").set_value(who.council).run()
    site.selectbox(key=f"concern_promise_{who.council}").set_value(PROMISE)
    site.text_area(key="concern_words").set_value(SECRET)
    press(site, "raise_concern")
    assert states() == [ConcernState.WITH_CHAMPION]


def test_the_champion_answers_and_the_group_passes_it_on(who: Sides) -> None:
    with writing() as session:
        ref = raised(session, who)
    site = opened(who.ana, ref)
    assert [button for button in site.button if button.key == "pass_on_concern"] == []
    site = opened(who.champion, ref)
    assert "You have a right of reply" in said(site)
    assert [button.key for button in site.button if button.key == "settle_concern"] == []
    site.text_area(key=f"concern_reply_{ref}_0").set_value("We did ask.")
    site = press(site, "send_reply")
    assert "What you wrote is sent" in said(site)
    with reading() as session:
        assert session.exec(select(ConcernReply.words)).all() == ["We did ask."]
    site = opened(who.ana, ref)
    assert "We did ask." in said(site)
    site.text_area(key=f"concern_pass_on_{ref}_0").set_value("Too late.")
    site = press(site, "pass_on_concern")
    assert "The concern is with the monitoring group now" in said(site)
    assert states() == [ConcernState.WITH_MONITORING_GROUP]


def test_a_group_settles_one_and_withdraws_another(who: Sides) -> None:
    with writing() as session:
        first, second = raised(session, who), raised(session, who)
    site = opened(who.ana, first)
    site = press(site, "settle_concern")
    assert "Please type what you agreed" in said(site)
    site.text_area(key=f"concern_settle_{first}_0").set_value("They ask in March.")
    assert "the concern is closed" in said(press(site, "settle_concern"))
    site = press(opened(who.ana, second), f"ask_withdraw_{second}")
    site = press(site, f"yes_withdraw_{second}")
    assert "The concern is withdrawn" in said(site)
    assert states() == [ConcernState.AGREED, ConcernState.WITHDRAWN]
    words = said(opened(who.ana))
    assert "Open (0)" in words


def test_the_monitoring_group_asks_an_officer_and_agrees_on_an_action(who: Sides) -> None:
    with writing() as session:
        ref = answered(session, who)
    site = opened(who.reviewer, ref)
    site.text_input(key=f"concern_officer_{ref}_0_who").set_value("Head of housing")
    site.text_area(key=f"concern_officer_{ref}_0").set_value("On 3 May.")
    site = press(site, "ask_officer")
    assert "The monitoring group asks Head of housing to come" in said(site)
    site = press(site, "decide")
    assert "Please choose whether a way forward was agreed" in said(site)
    name = f"concern_decide_{ref}_0"
    site.radio(key=f"{name}_answer").set_value("A way forward was agreed").run()
    site.radio(key=f"{name}_kind").set_value("A new action of the public body").run()
    site.text_area(key=name).set_value("They ask a month before.")
    site = press(site, "decide")
    assert "Please choose by when" in said(site)
    assert states() == [ConcernState.WITH_MONITORING_GROUP]
    site.text_input(key=f"{name}_new_heading").set_value("Ask groups a month before")
    site.radio(key=f"{name}_new_when").set_value("By the end of a month").run()
    site.date_input(key=f"{name}_new_due").set_value(factories.DAY)
    site = press(site, "decide")
    assert "Your decision is saved" in said(site)
    assert states() == [ConcernState.AGREED]
    with reading() as session:
        action = session.exec(select(Action)).one()
        assert (action.heading, action.due_on, action.due_precision) == (
            "Ask groups a month before",
            factories.DAY,
            Precision.MONTH,
        )
    assert "Ask groups a month before" in said(opened(who.ana, ref))


def test_the_monitoring_group_revises_an_action_of_the_body(who: Sides) -> None:
    with writing() as session:
        values = {"ref": "AC-00000001", "organisation_id": who.council, "heading": "Ask groups", "details": ""}
        factories.add(session, Action, values)
        ref = answered(session, who)
    name = f"concern_decide_{ref}_0"
    site = opened(who.reviewer, ref)
    site.radio(key=f"{name}_answer").set_value("A way forward was agreed").run()
    site.radio(key=f"{name}_kind").set_value("One of its actions changes").run()
    site.selectbox(key=f"{name}_revises").set_value("AC-00000001").run()
    assert site.text_input(key=f"{name}_AC-00000001_heading").value == "Ask groups"
    site.text_input(key=f"{name}_AC-00000001_heading").set_value("Ask groups early")
    site.text_area(key=name).set_value("Earlier.")
    press(site, "decide")
    with reading() as session:
        row = session.exec(select(Action)).one()
        assert (row.heading, row.revision) == ("Ask groups early", 2)
    assert states() == [ConcernState.AGREED]


def test_the_group_waits_for_the_right_of_reply_and_may_not_agree(who: Sides) -> None:
    with writing() as session:
        waiting, ready = passed_on(session, who), answered(session, who)
    site = opened(who.reviewer, waiting)
    assert "You can decide when the public body has replied" in said(site)
    assert [button.key for button in site.button if button.key == "decide"] == []
    site = opened(who.reviewer, ready)
    site.radio(key=f"concern_decide_{ready}_0_answer").set_value("No way forward was agreed").run()
    site.text_area(key=f"concern_decide_{ready}_0").set_value("They see it otherwise.")
    press(site, "decide")
    assert states() == [ConcernState.WITH_MONITORING_GROUP, ConcernState.NOT_AGREED]
    with reading() as session:
        assert session.exec(select(Action)).all() == []


def test_nobody_sees_what_is_not_theirs_and_nobody_of_a_side_decides(who: Sides) -> None:
    with writing() as session:
        ref = raised(session, who)
    for viewer in (who.stranger, who.lead, who.own_reviewer):
        site = opened(viewer, ref)
        assert "There is no such concern, or it is not open to you" in said(site)
        assert SECRET not in said(site)
        site = opened(viewer)
        assert "Open (0)" in said(site)
    site = opened(who.reviewer, ref)
    assert [button.key for button in site.button if button.key in {"decide", "send_reply", "settle_concern"}] == []
    site = opened(who.administrator, ref)
    assert "This page is not open to you" in said(site)


def test_the_list_shows_what_is_open_and_what_is_closed_and_leads_to_each(who: Sides) -> None:
    with writing() as session:
        is_open, closed = raised(session, who), decided(session, who)
    site = opened(who.coordinator)
    words = said(site)
    assert "Open (1)" in words
    assert "Tea Club about Riverbank Council" in words
    assert [button.key for button in site.button if str(button.key).startswith("read_")] == [
        f"read_{is_open}",
        f"read_{closed}",
    ]
    site = press(site, f"read_{is_open}")
    assert site.title[0].value == "A concern about Riverbank Council"
    site = press(site, "to_concerns")
    assert site.title[0].value == "Concerns"


def test_each_state_says_what_happens_next(who: Sides) -> None:
    with writing() as session:
        refs = [raised(session, who), passed_on(session, who), answered(session, who), decided(session, who)]
        told = [next_sentence(read_concern(session, viewer=who.coordinator, ref=ref)) for ref in refs]
    assert [sentence.split(",")[0].split(".")[0] for sentence in told] == [
        "It is with the champion",
        "It is with the monitoring group",
        "It is with the monitoring group",
        "A way forward was agreed",
    ]
    assert "has until" in told[1]
    assert "can decide now" in told[2]


def test_a_step_that_somebody_else_took_meanwhile_is_said_and_what_was_typed_is_kept(who: Sides) -> None:
    with writing() as session:
        ref = raised(session, who)
    site = opened(who.ana, ref)
    site.text_area(key=f"concern_settle_{ref}_0").set_value("They ask in March.")
    other = opened(who.ben, ref)
    other = press(other, f"ask_withdraw_{ref}")
    press(other, f"yes_withdraw_{ref}")
    site = press(site, "settle_concern")
    assert "moved on after this page showed it" in said(site)
    (kept,) = [box for box in site.text_area if box.label.startswith("You typed this before it was closed")]
    assert kept.value == "They ask in March."
    with reading() as session:
        steps = session.exec(select(ConcernStep.state).order_by(col(ConcernStep.number))).all()
    assert steps == [ConcernState.WITH_CHAMPION, ConcernState.WITHDRAWN]
    assert ran(site).title[0].value == "A concern about Riverbank Council"


def test_what_is_being_typed_stays_when_the_other_side_or_the_group_does_something_meanwhile(who: Sides) -> None:
    with writing() as session:
        values = {"ref": "AC-00000001", "organisation_id": who.council, "heading": "Ask groups", "details": ""}
        action = factories.add(session, Action, values)
        ref = answered(session, who)
    name = f"concern_decide_{ref}_0"
    site = opened(who.reviewer, ref)
    site.radio(key=f"{name}_answer").set_value("A way forward was agreed").run()
    site.radio(key=f"{name}_kind").set_value("One of its actions changes").run()
    site.selectbox(key=f"{name}_revises").set_value("AC-00000001").run()
    site.text_area(key=name).set_value("Earlier.")
    ours = opened(who.ana, ref)
    ours.text_area(key=f"concern_reply_{ref}_0").set_value("We have more to say.").run()
    with writing() as session:
        ask_officer(session, viewer=who.reviewer, ref=ref, officer="Lea", words="On Monday.", seen_revision=2)
        reply(session, viewer=who.lead, ref=ref, words="We come.")
        session.get_one(Action, action).revision = 2
    site = press(ran(site), "decide")
    assert "changed in another window" in said(site), "the action that is revised is another one now"
    assert site.text_area(key=name).value == "Earlier."
    assert ran(ours).text_area(key=f"concern_reply_{ref}_0").value == "We have more to say."
    assert states() == [ConcernState.WITH_MONITORING_GROUP]


@pytest.mark.usefixtures("demo_to_read")
def test_everybody_reads_how_many_there_were_in_each_year_and_nothing_else() -> None:
    years = [one.closes_on.year for one in rounds() if not one.last]
    site = opened_publicly("you_said", period=str(years[1]))
    (table,) = [table.value for table in site.table if "Concerns raised" in table.value.columns]
    assert table["Concerns raised"].tolist() == ["6", "fewer than 5"]
    assert str(table["Year"][0]).replace("\\", "").startswith(f"{years[1]}, up to 17 November")
    with reading() as session:
        words = session.exec(select(Concern.words)).all()
    assert [each for each in words if each in said(site)] == []
