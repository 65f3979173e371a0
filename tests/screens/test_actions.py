"""The page of actions: what everybody reads of them, and how those who keep them use its forms."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from charter import clock
from charter.actions.fields import Doer
from charter.actions.past import load_past_actions
from charter.actions.reading import ActionNow, read_actions
from charter.actions.sources import ActionSources
from charter.rules.access import OPERATOR, Viewer
from charter.store import reading, writing
from db.models import Recommendation
from db.types import ActionStatus, OrganisationKind, Precision, Role
from pages.ui.actions.seen import NOW
from tests import factories
from tests.screens.outcome_site import press, type_in
from tests.screens.reader import Reader, memory
from tests.screens.running_site import said, session_as
from tests.screens.site_under_test import opened_at, ran, session_of
from tests.store.acting import make
from tests.store.closed_reviews import person
from tests.store.outcome_people import Owners, owners

PAGE = "public/actions.py"


def opened(viewer: Viewer | None = None, **query: str) -> AppTest:
    """Open the page as somebody, else as one who has not signed in."""
    return opened_at(PAGE, query, session_id=session_of(viewer.account_id) if viewer is not None else None)


def links(site: AppTest) -> list[str]:
    """Give what stands on the page's links, the escaping of marks taken out."""
    return [str(link.proto.label).replace("\\", "") for link in site.get("page_link")]


def council(**more: Any) -> tuple[Owners, str]:  # noqa: ANN401
    """Make a council with an action."""
    with writing() as session:
        who = owners(session)
        return who, make(session, who, **more)


def stored() -> tuple[ActionNow, ...]:
    """Read every action as it stands."""
    with reading() as session:
        return read_actions(session, viewer=OPERATOR)


def test_everybody_reads_what_is_late_first_then_when_then_where_each_stands(reader: Reader) -> None:
    site = reader.page("actions")
    told = said(site)
    headers = [str(header.value).replace("\\", "") for header in site.header]
    assert headers[0] == "Overdue"
    assert "late, the longest by" in headers[1]
    assert headers[2:] == ["Where each stands", "What committees recommended", "What was planned in 2006"]
    assert [str(each.value).replace("\\", "").split(" (")[0] for each in site.subheader] == [
        "○ Not started",
        "● On track",
        "■ Off track",
        "✓ Done",
    ]
    named = links(site)
    late, board = (
        named.index("Give groups three months' notice before a service changes"),
        named.index("Hold an open morning for groups"),
    )
    assert late < board
    # What a review's promise became is here too, once.
    assert "Publish “what we changed” after each consultation" in " ".join(named)
    assert "Riverbank Cabinet (made up)" in told
    assert "1 action came from it: 1 is open and overdue." in told
    assert "The Compact of 2006 planned 31 actions" in told
    assert "– not known" in told
    # What came after the release is not in it.
    assert "Train reception staff with disabled people" not in " ".join([told, *named])


def test_a_link_leads_to_some_of_them(reader: Reader) -> None:
    named = links(reader.page("actions", body="Riverbank NHS Partnership (made up)", status="on_track"))
    assert "Make one short form for small grants" in named
    assert "Hold an open morning for groups" not in named
    assert "Give groups three months' notice before a service changes" not in named
    assert "No action is like that" in said(reader.page("actions", status="not_known"))


def test_one_action_tells_who_by_when_where_it_came_from_and_what_changed(reader: Reader) -> None:
    site = reader.page("actions", ref="AC-DEMO0002")
    told = said(site)
    assert "■ off track" in told
    assert "days late" in told
    assert "**Who:** Riverbank Council (made up)" in told
    assert "**By when:** By the end of " in told
    assert "Two directorates have written it down" in told
    assert "It was ● on track until then, and ■ off track after it." in told
    assert "it was made." in told
    assert "Promise: Three months' notice of changes" in links(site)
    assert any(link.startswith("Promise") for link in links(site))
    assert "Keep it up to date" not in told


def test_those_who_take_part_see_them_as_published_or_as_they_stand_now(reader: Reader) -> None:
    with memory(reader.kept["actions"]):
        coordinator = opened_at(PAGE, {}, session_id=session_as(Role.COORDINATOR))
        assert "Train reception staff with disabled people" in links(coordinator)
        reviewer = opened_at(PAGE, {}, session_id=session_as(Role.REVIEWER))
        assert "Train reception staff with disabled people" not in links(reviewer)
        reviewer.segmented_control[0].set_value(NOW)
        assert "Train reception staff with disabled people" in links(ran(reviewer))


@pytest.mark.usefixtures("empty")
def test_before_anything_is_published_it_says_what_will_be_here_and_shows_history() -> None:
    with writing() as session:
        load_past_actions(session, viewer=OPERATOR)
    who, ref = council()
    for site in (opened(), opened(ref=ref)):
        told = said(site)
        assert "Nothing is published yet" in told
        assert "This page will show what public bodies and groups do" in told
        assert "The Compact of 2006 planned 31 actions" in told
        assert "funding morning" not in " ".join([told, *links(site)])
    assert "There is no such action here, or it is not published yet" in said(opened(ref=ref))
    assert "Hold a funding morning" in links(opened(who.partner))


@pytest.mark.usefixtures("empty")
def test_a_partner_makes_an_action_and_everybodys_is_made_by_the_coordinator() -> None:
    with writing() as session:
        who = owners(session)
        board = factories.organisation(session, kind=OrganisationKind.BOARD, name="Funding Board")
        factories.commitment(session, ref="ENG-1")
    site = opened(who.partner, part="new")
    type_in(site, "The action", "Hold a funding morning")
    type_in(site, "Others who are to do it", "Street champions\n\n")
    choose(site, "Who is to do it", [board])
    choose(site, "Promises", ["ENG-1"])
    next(radio for radio in site.radio if radio.label == "By when").set_value("By the end of a month")
    site.date_input[0].set_value(date(2027, 5, 20))
    press(site, "Make this action")
    (made,) = stored()
    assert f"Its reference is {made.told.ref}" in said(site)
    assert made.fields.organisation_id == who.council
    assert (made.told.doers, made.told.due_on) == (("Funding Board", "Street champions"), date(2027, 5, 1))
    assert (made.fields.due_precision, made.sources) == (Precision.MONTH, ActionSources(frozenset({"ENG-1"})))
    shared = opened(who.coordinator, part="new")
    type_in(shared, "The action", "Ring up groups")
    next(radio for radio in shared.radio if radio.label == "By when").set_value("Ongoing")
    press(shared, "Make this action")
    assert "Please say who is to do it" in said(shared)
    assert field(shared, "The action") == "Ring up groups"
    type_in(shared, "Others who are to do it", "Volunteers")
    press(shared, "Make this action")
    assert {each.told.heading: each.fields.organisation_id for each in stored()}["Ring up groups"] is None


def choose(site: AppTest, label: str, options: list[object]) -> None:
    next(box for box in site.multiselect if box.label.startswith(label)).set_value(options)


def field(site: AppTest, label: str) -> str:
    return str(next(each for each in (*site.text_input, *site.text_area) if each.label.startswith(label)).value)


@pytest.mark.usefixtures("empty")
def test_a_keeper_changes_it_and_what_it_was_is_kept() -> None:
    who, ref = council(due_on=date(2027, 1, 31), due_precision=Precision.DAY)
    site = opened(who.partner, ref=ref)
    type_in(site, "The action", " ")
    press(site, "Save this action")
    assert "Please type what is to be done. Nothing was lost. What you typed is still here." in said(site)
    type_in(site, "The action", "Hold two funding mornings")
    next(radio for radio in site.radio if radio.label == "By when").set_value("Ongoing")
    press(site, "Save this action")
    told = said(site)
    assert "“Hold two funding mornings” is saved. What it was before is kept." in told
    assert "It was planned by 31 January 2027, and from then on ongoing." in told
    assert "It was called “Hold a funding morning” until then." in told
    (now,) = stored()
    assert (now.revision, now.told.due_on, now.told.heading) == (2, None, "Hold two funding mornings")


@pytest.mark.usefixtures("empty")
def test_somebody_elses_change_meanwhile_is_not_overwritten() -> None:
    who, ref = council()
    site = opened(who.partner, ref=ref)
    other = opened(who.coordinator, ref=ref)
    type_in(other, "The action", "Changed first")
    press(other, "Save this action")
    type_in(site, "The action", "Changed too late")
    press(site, "Save this action")
    assert "This was changed in another window" in said(site)
    assert field(site, "The action") == "Changed too late"
    assert stored()[0].told.heading == "Changed first"


@pytest.mark.usefixtures("empty")
def test_those_who_have_a_part_in_it_say_how_it_stands_and_nobody_else() -> None:
    with writing() as session:
        who = owners(session)
        (health,) = who.other.organisations()
        late: dict[str, Any] = {"due_on": clock.today() - timedelta(days=1), "due_precision": Precision.DAY}
        ref = make(session, who, doers=(Doer(who.council), Doer(health)), **late)
        third = person(session, Role.PARTNER, factories.organisation(session, kind=OrganisationKind.POLICE))
    site = opened(who.other, ref=ref)
    assert "1 day late" in said(site)
    assert not [each for each in site.text_input if each.label.startswith("The action")]
    next(box for box in site.selectbox if box.label == "Where it stands").set_value(ActionStatus.DONE)
    type_in(site, "What happened so far", "Held on Monday")
    press(site, "Save where it stands")
    assert "“Hold a funding morning” is now: ✓ done." in said(site)
    (now,) = stored()
    assert (now.told.status, now.told.notes, now.told.overdue) == (ActionStatus.DONE, "Held on Monday", False)
    assert "Keep it up to date" not in said(opened(who.reviewer, ref=ref))
    assert "There is no such action here" in said(opened(third, ref=ref))


@pytest.mark.usefixtures("empty")
def test_the_coordinator_takes_a_recommendation_down_and_puts_it_right() -> None:
    with writing() as session:
        who = owners(session)
    site = opened(who.coordinator, part="recommended")
    type_in(site, "Committee", "Cabinet")
    press(site, "Save this recommendation")
    assert "Please type what was recommended" in said(site)
    type_in(site, "What it recommended", "Report back in six months.")
    press(site, "Save this recommendation")
    assert "The recommendation of Cabinet is saved." in said(site)
    with reading() as session:
        row = session.exec(select(Recommendation)).one()
        assert (row.committee, row.words, row.made_on) == ("Cabinet", "Report back in six months.", clock.today())
    boxes = [each for each in site.text_area if each.label.startswith("What it recommended")]
    boxes[1].set_value("Report back in a year.")
    press(site, "Save the correction")
    assert "The recommendation of Cabinet is put right." in said(site)
    with reading() as session:
        assert session.exec(select(Recommendation.words)).one() == "Report back in a year."
    assert "No action came from it yet." in said(opened(who.coordinator))
    # For partners there is no such part, and the page shows the actions.
    assert not opened(who.partner, part="recommended").text_area
