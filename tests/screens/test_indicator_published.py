"""The page of one indicator as everybody reads it: what a release holds, and what sources state beside it."""

import pytest
from sqlmodel import select

from charter.headlines import opening
from charter.outcomes.recorded import RecordedIndicator
from charter.outcomes.telling import when_words
from charter.outcomes_data.indicators import shipped_indicators
from charter.records import read_records
from charter.releases import choose_release, list_releases
from charter.rules.access import PUBLIC
from charter.store import reading
from db.models import AccountGrant
from db.types import RecordKind, Role
from tests.screens.outcome_site import PAGE, said
from tests.screens.public_site import queries_of
from tests.screens.site_under_test import opened_at, session_of

MOST_QUERIES = 6
reads = pytest.mark.usefixtures("demo_to_read")


def published(ref: str, *, period: str | None = None) -> RecordedIndicator:
    """Read an indicator from the latest release, of all or of a period."""
    return next(each for each in all_published(period) if each.ref == ref)


def all_published(period: str | None = None) -> tuple[RecordedIndicator, ...]:
    with reading() as session:
        release = choose_release(list_releases(session, viewer=PUBLIC), period_ref=period)
        assert release is not None
        return read_records(session, release_id=release.id, kind=RecordKind.INDICATOR, of=RecordedIndicator)


def told(ref: str, **query: str) -> str:
    return said(opened_at(PAGE, {"ref": ref, **query}))


@reads
def test_a_page_is_there_for_every_indicator_that_is_published_and_is_marked_as_made_up() -> None:
    found = all_published()
    assert len(found) >= 10
    for each in found:
        page = told(each.ref)
        assert each.title in page
        assert "(made up)" in page
        assert each.sheets[0].sheet.definition in page


@reads
def test_with_eight_figures_or_more_there_is_a_forecast_with_its_method_and_its_interval() -> None:
    each = published("demo-answers-reported")
    assert each.stands.comparable >= 8
    page = told(each.ref)
    assert "If it goes on as before, it will be" in page
    assert "random walk with drift" in page
    assert page.count("Likely between") == len(each.stands.ahead) == 2
    assert "There is no forecast" not in page


@reads
def test_with_fewer_there_is_none_and_it_says_how_many_there_are() -> None:
    each = published("demo-grant-forms")
    assert each.stands.comparable < 8
    page = told(each.ref)
    assert f"It needs 8 figures that can be compared with each other, and there are {each.stands.comparable}." in page
    assert "Likely between" not in page


@reads
def test_a_break_is_drawn_and_said() -> None:
    each = published("demo-volunteering")
    assert len(each.stands.lines) > 1
    page = opened_at(PAGE, {"ref": each.ref})
    assert each.breaks[0].reason in said(page)
    charts = [chart.proto.spec for chart in page.get("vega_lite_chart")]
    assert '"run"' in charts[0]
    assert "Counted" in charts[0] or "Others" in charts[0] or "Not" in charts[0]


@reads
def test_a_figure_that_was_put_right_tells_what_it_was() -> None:
    each = published("demo-small-grants")
    (revised,) = [one for one in each.history if one.before]
    assert revised.before[0].reason in told(each.ref)


@reads
def test_the_promises_that_it_speaks_to_stand_there_with_what_groups_gave_them() -> None:
    page = told("demo-answers-reported")
    assert page.count("Groups gave it ") == len(published("demo-answers-reported").commitments) == 2
    assert page.count("out of 100, and public bodies") == 2


@reads
def test_what_is_said_of_it_stands_there() -> None:
    page = told("demo-answers-reported")
    parts = (
        "The story behind it",
        "Who has a part in it",
        "What works",
        "What is proposed",
        "What its figures rest on",
    )
    for header in parts:
        assert header in page


@reads
def test_what_sources_state_is_shown_whatever_is_published() -> None:
    first = shipped_indicators().indicators[0]
    page = told(first.key)
    assert first.title in page
    assert first.definition in page
    assert "as its source states it" in page
    assert "What may come" not in page
    wanted = shipped_indicators().agenda[0]
    assert "It is on the list of what would be worth having" in told(wanted.key)


@reads
def test_an_earlier_release_shows_what_was_known_then() -> None:
    now = published("demo-answers-reported")
    then = opened_at(PAGE, {"ref": now.ref, "period": "2024"})
    (latest, before) = (one.history[-1].span for one in (now, published(now.ref, period="2024")))
    assert before < latest
    assert f"{opening(when_words(before))} it was" in said(then)
    assert f"{opening(when_words(latest))} it was" not in said(then)


@reads
def test_a_name_that_is_none_leads_to_the_list() -> None:
    page = opened_at(PAGE, {"ref": "no-such-outcome"})
    assert "There is no such outcome" in said(page)
    assert "● on track" in said(page)
    assert "Every outcome" in said(opened_at(PAGE, {}))


@pytest.mark.usefixtures("demo")
def test_those_who_take_part_choose_between_what_is_published_and_what_stands_now() -> None:
    with reading() as session:
        reviewer = session.exec(select(AccountGrant.account_id).where(AccountGrant.role == Role.REVIEWER)).first()
    site = opened_at(PAGE, {"ref": "demo-days-to-answer"}, session_id=session_of(reviewer))
    (switch,) = [group for group in site.button_group if "outcome_as" in str(group.key)]
    assert switch.value == "As published"
    assert "A new figure" not in said(site)


@reads
def test_it_asks_the_store_little() -> None:
    for query in ({"ref": "demo-answers-reported"}, {"ref": "sector-volunteers"}):
        queries_of("indicator", query)
        assert len(queries_of("indicator", query)) <= MOST_QUERIES
