"""The page of outcomes: counts first, what is off track, each theme by what it asks, and what the sources state."""

import pytest
import sqlalchemy as sa
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from charter.actions.told import ActionTold
from charter.outcome_words import STATUSES
from charter.outcomes.counting import count_indicators
from charter.outcomes.now import indicators_now
from charter.outcomes.recorded import RecordedIndicator
from charter.outcomes_data.indicators import shipped_indicators
from charter.records import read_records
from charter.releases import find_release
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.outcomes import IndicatorStatus
from charter.startup import initialise
from charter.store import reading, writing
from db.models import Account, Commentary, Indicator, Measurement
from db.types import RecordKind
from tests.screens.public_site import opened, texts
from tests.screens.reader import Reader, memory
from tests.screens.site_under_test import opened_at, session_of


def published(release: str = "2025.1") -> dict[str, RecordedIndicator]:
    """Read a release's indicators by reference."""
    with reading() as session:
        key = find_release(session, viewer=PUBLIC, ref=release).id
        found = read_records(session, release_id=key, kind=RecordKind.INDICATOR, of=RecordedIndicator)
    return {each.ref: each for each in found}


def as_somebody(email_begins: str, **query: str) -> AppTest:
    """Open the page as one of the demonstration's people."""
    with reading() as session:
        account = session.exec(select(Account.id).where(col(Account.email).startswith(email_begins))).one()
    return opened_at("public/outcomes.py", query, session_id=session_of(account or 0))


def test_counts_come_first_and_are_those_of_the_release(reader: Reader) -> None:
    found = published().values()
    said = texts(reader.page("outcomes"))
    statuses = [each.stands.status for each in found]
    on = statuses.count(IndicatorStatus.ON_TRACK)
    with_target = sum(each.stands.target is not None for each in found)
    assert f"**{on} of {with_target} outcomes with a target are on track, and 7 of the 10 that can be compared" in said
    assert f"{statuses.count(IndicatorStatus.OFF_TRACK)} are off track" in said


def test_what_is_off_track_is_told_with_its_route_to_green_or_that_there_is_none(reader: Reader) -> None:
    said = texts(reader.page("outcomes"))
    off = [each for each in published().values() if each.stands.status is IndicatorStatus.OFF_TRACK]
    routes = {each.history[-1].route_to_green for each in off}
    assert "" in routes
    assert len(routes) > 1
    assert all(f"**How it gets back:** {route}" in said for route in routes if route)
    assert said.count("**Nobody has said yet how it gets back.**") == sum(each.stands.route_missing for each in off)


def test_each_outcome_stands_in_its_theme_with_status_and_travel_in_words_and_shapes(reader: Reader) -> None:
    site = reader.page("outcomes")
    said = texts(site)
    links = [link.proto.label.replace("\\", "").strip("*") for link in site.get("page_link")]
    for each in published().values():
        assert each.on_agenda or each.title in links
        assert each.on_agenda or each.stands.status is None or STATUSES[each.stands.status] in said
    assert "↓ worse than in 2023/24 (−1 point)" in said
    assert [found.value for found in site.header][1:4] == ["Engagement", "Empowerment", "Equality"]
    for asked in ("Is anyone better off?", "How well did we do it?", "How much did we do?"):
        assert asked in said
    assert len(site.get("vega_lite_chart")) == 3


def test_the_headlines_tell_what_came_of_it_and_lead_to_it(reader: Reader) -> None:
    site = reader.page("headlines")
    said = texts(site)
    off = [each for each in published().values() if each.stands.status is IndicatorStatus.OFF_TRACK]
    with reading() as session:
        key = find_release(session, viewer=PUBLIC, ref="2025.1").id
        actions = read_records(session, release_id=key, kind=RecordKind.ACTION, of=ActionTold)
    overdue = sum(each.overdue for each in actions)
    assert [metric.value for metric in site.metric][3:] == ["3 / 9", "7 / 10", f"{overdue} / {len(actions)}"]
    assert f"{len(off)} are off track" in said
    assert all(each.history[-1].route_to_green in said for each in off)
    assert "Decisions" in said
    labels = [link.proto.label.replace("\\", "").strip("*") for link in site.get("page_link")]
    assert {"Read every outcome", "Read every action", *(each.title for each in off)} <= set(labels)


def test_an_earlier_release_tells_its_own_counts_and_its_links_keep_it(reader: Reader) -> None:
    site = reader.page("outcomes", release="2023.1")
    assert "**1 of 2 outcomes with a target are on track, and 3 of the 5 that can be compared" in texts(site)
    first = next(link.proto for link in site.get("page_link") if "Consultations" in link.proto.label)
    assert "release=2023.1" in first.query_string


def test_the_agenda_and_what_the_sources_state_are_told_with_source_coverage_and_date(reader: Reader) -> None:
    site = reader.page("outcomes")
    said = texts(site)
    file = shipped_indicators()
    themes = [found.label.split(" (")[0] for found in site.expander if " (" in found.label]
    assert themes == ["Engagement", "Empowerment", "Equality"] * 2  # the agenda, then the figures
    assert all(each.title in said and each.could_come_from in said for each in file.agenda)
    for figure in file.figures:
        assert figure.coverage in said
        assert figure.source.section in said
    assert "about 350 groups" in said
    assert "over £1.25 million" in said
    assert "People who are not online" in said  # on the agenda of the release


def test_those_who_report_see_how_it_stands_now_and_everyone_else_the_release(reader: Reader) -> None:
    assert not reader.page("outcomes").button_group
    with reading() as session:
        now = [each for each in indicators_now(session, viewer=OPERATOR) if each.made_up]
    counted = count_indicators(now)
    assert counted.compared > 10
    with memory(reader.kept["outcomes"]):
        site = as_somebody("coordinator")
        assert "7 of the 10 that can be compared" in texts(site)
        site.button_group(key="outcome_as").set_value("As it stands now").run()
    assert not site.exception
    assert f"{counted.better} of the {counted.compared} that can be compared" in texts(site)


@pytest.mark.usefixtures("demo")
def test_a_change_after_publishing_is_seen_by_those_who_report_alone() -> None:
    with writing() as session:
        key = session.exec(
            select(Measurement.id)
            .join(Indicator)
            .where(Indicator.ref == "demo-grant-forms")
            .order_by(col(Measurement.ends_on).desc())
        ).first()
        session.execute(
            sa.update(Commentary).where(col(Commentary.measurement_id) == key).values(route_to_green="A *new* route.")
        )
    assert "A *new* route." not in texts(opened("outcomes"))
    site = as_somebody("council")
    site.button_group(key="outcome_as").set_value("As it stands now").run()
    assert "How it gets back:** A *new* route." in texts(site)


@pytest.mark.usefixtures("empty")
def test_before_any_release_the_ground_truth_is_shown_with_what_will_be_here() -> None:
    initialise()
    site = opened("outcomes")
    said = texts(site)
    assert "Nothing is published yet." in said
    assert "This page will say how many outcomes are on track" in said
    assert "about 350 groups" in said
    assert "Nobody has a figure for these" in said
    assert "are on track, and" not in said
