"""Which review the public pages show, from addresses, empty stores and releases that changed."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import col

from charter import clock
from charter.rules.shares import whole
from charter.store import writing
from db.models import Release, ReleaseGap, ReleaseResponse, ReleaseScore
from db.types import Breakdown, Side, Withheld
from tests import factories
from tests.screens.public_site import PAGES, opened, score_of, texts
from tests.screens.reader import Reader, memory, queries_of
from tests.screens.site_under_test import opened_at, ran
from tests.templates import load_shipped

MOST_QUERIES = 6
NOTICE = "Demonstration: what is marked “made up” is not real, and nor are its figures."


@pytest.mark.parametrize(("page", "title"), PAGES.items())
def test_each_page_names_the_review_the_charter_and_that_it_is_made_up(reader: Reader, page: str, title: str) -> None:
    site = reader.page(page)
    assert [found.value for found in site.title] == [title]
    line = next(found.value for found in site.caption if "published" in found.value).replace("\\", "")
    assert line == "2025 review (made up) · published 17 November 2025 · Framework 2021 and Pact principles"
    assert "You are looking at" not in texts(site)


@pytest.mark.parametrize("page", [*PAGES, "sign_in"])
def test_each_page_says_once_that_what_is_marked_is_made_up(reader: Reader, page: str) -> None:
    captions = [found.value for found in reader.page(page).caption]
    assert captions.count(NOTICE) == 1
    assert captions[0] == NOTICE


@pytest.mark.usefixtures("demo_to_read")
def test_a_page_that_is_not_open_says_it_too() -> None:
    site = opened_at("partner/self_assessment.py", {})
    assert NOTICE in [found.value for found in site.caption]


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("page", ["headlines", "charter"])
def test_where_nothing_is_made_up_nothing_says_so(page: str) -> None:
    with writing() as session:
        load_shipped(session)
    assert "made up" not in texts(opened(page))


@pytest.mark.usefixtures("demo")
def test_a_real_review_is_shown_before_a_made_up_one_and_bears_no_mark() -> None:
    with writing() as session:
        first, last = date(2020, 9, 1), date(2020, 10, 31)
        period = factories.period(session, ref="2020", title="2020 review", opens_on=first, closes_on=last)
        factories.release(session, period_id=period, ref="2020.1")
    assert "2020 review · published" in texts(opened("method"))
    assert "2025 review (made up) · published" in texts(opened("method", period="2025"))


@pytest.mark.usefixtures("demo_to_read")
@pytest.mark.parametrize("ref", ["NOPE-1", "../../etc", "eng-dia-1"])
def test_an_unknown_promise_leads_to_the_list(ref: str) -> None:
    site = opened("commitment", ref=ref)
    assert [found.value for found in site.warning] == ["There is no such promise. Choose one from this list."]
    assert site.title[0].value == "All promises"
    assert len(site.get("page_link")) == 40


@pytest.mark.parametrize("page", PAGES)
def test_an_earlier_review_says_so_and_leads_to_the_latest(reader: Reader, page: str) -> None:
    with memory(reader.kept[page]):
        site = opened(page, period="2024")
        assert "You are looking at the 2024 review (made up), release 2024.1." in texts(site)
        site.button(key="see_latest").click().run()
    assert not site.exception
    assert "You are looking at" not in texts(site)
    assert "period" not in site.query_params


def test_an_earlier_review_shows_its_own_figures_and_its_links_keep_it(reader: Reader) -> None:
    with memory(reader.kept["headlines"]):
        site = opened("headlines", release="2024.1")
    earlier = score_of("engagement", release="2024.1")
    assert site.metric[0].value == f"{whole(earlier.score or 0)} / 100"
    links = [link.proto.query_string for link in site.get("page_link")]
    assert links
    assert all("release=2024.1" in link for link in links)


@pytest.mark.parametrize("query", [{"period": "1999"}, {"release": "2025.9"}, {"period": "<b>"}])
@pytest.mark.parametrize("page", ["headlines", "gap", "equality"])
def test_an_unknown_review_says_so_and_leads_to_the_latest(reader: Reader, page: str, query: dict[str, str]) -> None:
    with memory(reader.kept[page]):
        site = opened(page, **query)
        assert len(site.warning) == 1
        assert site.metric.len == 0
        site.button(key="see_latest").click().run()
    assert "2025 review" in texts(site)
    assert not site.warning


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("page", PAGES)
def test_an_empty_store_says_what_will_be_here_and_what_to_do(page: str) -> None:
    site = opened(page)
    said = texts(site)
    assert "Nothing is published yet." in said
    assert "This page " in said or "Nothing is published yet, but" in said
    assert len(site.get("page_link")) >= 2


@pytest.mark.usefixtures("empty")
def test_without_a_release_promises_can_be_read() -> None:
    with writing() as session:
        load_shipped(session)
    site = opened("commitment", ref="ENG-DIA-1")
    assert "Nothing is published yet." in texts(site)
    assert "The council will join up how it listens" in texts(site)
    assert "Resilience Charter 2025" in texts(opened("charter"))


@pytest.mark.usefixtures("demo")
def test_a_theme_that_is_hidden_says_why_and_is_named_as_missing() -> None:
    with writing() as session:
        session.execute(
            sa.update(ReleaseScore)
            .where(col(ReleaseScore.ref) == "equality", col(ReleaseScore.side) == Side.VCFSE)
            .values(
                score=None,
                answered=None,
                low=None,
                high=None,
                commitments_shown=2,
                withheld=Withheld.TOO_FEW_COMMITMENTS,
            )
        )
        session.execute(
            sa.update(ReleaseGap)
            .where(col(ReleaseGap.ref) == "equality")
            .values(public_score=None, vcfse_score=None, gap=None, withheld=Withheld.TOO_FEW_COMMITMENTS)
        )
    home = opened("headlines")
    assert [metric.value for metric in home.metric][2] == "–"
    assert "Equality has no score: only 2 of its 4 main promises can be shown." in texts(home)
    page = texts(opened("equality"))
    assert "Equality has no score in this review: only 2 of its 4 main promises can be shown." in page


@pytest.mark.usefixtures("demo")
def test_few_answers_have_no_headline_no_direction_and_no_gap_named() -> None:
    with writing() as session:
        session.execute(
            sa.update(ReleaseResponse)
            .where(col(ReleaseResponse.side) == Side.VCFSE, col(ReleaseResponse.breakdown) == Breakdown.WHOLE)
            .values(submitted=70)
        )
    site = opened("headlines")
    said = texts(site)
    assert "Fewer than 30 groups, or under a quarter of those asked, answered: too few for a headline." in said
    assert "The widest gap is" not in said
    assert said.count("Few answers") == 3
    assert "No promise got clearly better." in said


@pytest.mark.usefixtures("demo")
def test_a_release_that_was_taken_back_is_shown_only_when_asked_for_and_says_why() -> None:
    with writing() as session:
        session.execute(
            sa.update(Release)
            .where(col(Release.ref) == "2025.1")
            .values(withdrawn_at=clock.now() - timedelta(days=1), withdrawn_reason="A sum was *wrong*.")
        )
    assert "2024 review (made up) · published" in texts(opened("method"))
    said = texts(opened("method", release="2025.1"))
    assert "It was taken back on" in said
    assert "The reason: A sum was *wrong*." in said


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_at_most_six_questions_of_the_store_and_fewer_when_asked_again(reader: Reader, page: str) -> None:
    query = {"ref": "ENG-DIA-1"} if page == "commitment" else {}
    first = reader.first_queries(page, **query)
    with memory(reader.kept[page]):
        ran(reader.anew(page, **query))  # What is kept for a minute alone may be forgotten by now.
        again = queries_of(reader.anew(page, **query))
    assert 0 < len(first) <= MOST_QUERIES, first
    assert len(again) <= 1, again
