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
from tests.screens.reader import Reader, queries_of
from tests.screens.site_under_test import opened_at, session_of, standing_at

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


def told(reader: Reader, ref: str) -> str:
    return said(reader.page("indicator", ref=ref))


def test_a_page_is_there_for_every_indicator_that_is_published_and_is_marked_as_made_up(reader: Reader) -> None:
    found = all_published()
    assert len(found) >= 10
    for each in found:
        page = told(reader, each.ref)
        assert each.title in page
        assert "(made up)" in page
        assert each.sheets[0].sheet.definition in page


def test_with_eight_figures_or_more_there_is_a_forecast_with_its_method_and_its_interval(reader: Reader) -> None:
    each = published("demo-answers-reported")
    assert each.stands.comparable >= 8
    page = told(reader, each.ref)
    assert "If it goes on as before, it will be" in page
    assert "random walk with drift" in page
    assert page.count("Likely between") == len(each.stands.ahead) == 2
    assert "There is no forecast" not in page


def test_with_fewer_there_is_none_and_it_says_how_many_there_are(reader: Reader) -> None:
    each = published("demo-grant-forms")
    assert each.stands.comparable < 8
    page = told(reader, each.ref)
    assert f"It needs 8 figures that can be compared with each other, and there are {each.stands.comparable}." in page
    assert "Likely between" not in page


def test_a_break_is_drawn_and_said(reader: Reader) -> None:
    each = published("demo-volunteering")
    assert len(each.stands.lines) > 1
    page = reader.page("indicator", ref=each.ref)
    assert each.breaks[0].reason in said(page)
    charts = [chart.proto.spec for chart in page.get("vega_lite_chart")]
    assert '"run"' in charts[0]
    assert "Counted" in charts[0] or "Others" in charts[0] or "Not" in charts[0]


def test_a_figure_that_was_put_right_tells_what_it_was(reader: Reader) -> None:
    each = published("demo-small-grants")
    (revised,) = [one for one in each.history if one.before]
    assert revised.before[0].reason in told(reader, each.ref)


def test_the_promises_that_it_speaks_to_stand_there_with_what_groups_gave_them(reader: Reader) -> None:
    page = told(reader, "demo-answers-reported")
    assert page.count("Groups gave it ") == len(published("demo-answers-reported").commitments) == 2
    assert page.count("out of 100, and public bodies") == 2


def test_what_is_said_of_it_stands_there(reader: Reader) -> None:
    page = told(reader, "demo-answers-reported")
    parts = (
        "The story behind it",
        "Who has a part in it",
        "What works",
        "What is proposed",
        "What its figures rest on",
    )
    for header in parts:
        assert header in page


def test_what_sources_state_is_shown_whatever_is_published(reader: Reader) -> None:
    first = shipped_indicators().indicators[0]
    page = told(reader, first.key)
    assert first.title in page
    assert first.definition in page
    assert "as its source states it" in page
    assert "What may come" not in page
    wanted = shipped_indicators().agenda[0]
    assert "It is on the list of what would be worth having" in told(reader, wanted.key)


def test_an_earlier_release_shows_what_was_known_then(reader: Reader) -> None:
    now = published("demo-answers-reported")
    then = reader.page("indicator", ref=now.ref, period="2024")
    (latest, before) = (one.history[-1].span for one in (now, published(now.ref, period="2024")))
    assert before < latest
    assert f"{opening(when_words(before))} it was" in said(then)
    assert f"{opening(when_words(latest))} it was" not in said(then)


def test_a_name_that_is_none_leads_to_the_list(reader: Reader) -> None:
    page = reader.page("indicator", ref="no-such-outcome")
    assert "There is no such outcome" in said(page)
    assert "● on track" in said(page)
    assert "Every outcome" in said(reader.page("indicator"))


@reads
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
        opened_at(PAGE, query)
        assert len(queries_of(standing_at(PAGE, query))) <= MOST_QUERIES
