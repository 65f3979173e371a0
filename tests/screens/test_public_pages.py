"""The public pages tell the stored figures, with what is hidden marked and what is missing said."""

import re

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from charter.reports.contents import read_contents
from charter.reports.every_drawing import chart_name, draw_chart
from charter.rules.access import PUBLIC
from charter.rules.shares import whole
from charter.store import reading, writing
from charter.words import HIDDEN_MARK
from db.models import Release, ReleaseBodyAnswer, ReleaseResponse
from db.types import Breakdown, Side
from tests.screens.public_site import THEMES, gap_of, opened, score_of, texts
from tests.screens.reader import Reader


def test_the_headlines_tell_the_stored_figures(reader: Reader) -> None:
    site = reader.page("headlines")
    said = texts(site)
    values = {theme: whole(score_of(theme).score or 0) for theme in THEMES}
    assert [metric.value for metric in site.metric][:3] == [f"{values[theme]} / 100" for theme in THEMES]
    assert (
        f"Groups give engagement {values['engagement']} out of 100, empowerment {values['empowerment']} and "
        f"equality {values['equality']}."
    ) in said
    for theme in THEMES:
        gap, score = gap_of(theme), score_of(theme)
        assert f"Public bodies say **{whole(gap.public_score or 0)}**: gap **{whole(gap.gap or 0)}**" in said
        assert f"from {score.answered} of {score.invited} groups" in said
    with reading() as session:
        response = session.exec(
            select(ReleaseResponse)
            .join(Release, col(Release.id) == ReleaseResponse.release_id)
            .where(
                Release.ref == "2025.1",
                ReleaseResponse.side == Side.VCFSE,
                ReleaseResponse.breakdown == Breakdown.WHOLE,
            )
        ).one()
        assert f"{response.submitted} of {response.invited} groups answered" in said
    assert "Resilience Charter 2025: We do not hold the text of this charter." in said
    assert "improved most: up" in said


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_page_tells_its_score_its_gap_and_its_promises(reader: Reader, theme: str) -> None:
    site = reader.page(theme)
    score, gap = score_of(theme), gap_of(theme)
    assert [metric.value for metric in site.metric] == [
        f"{whole(score.score or 0)} / 100",
        f"{whole(gap.public_score or 0)} / 100",
        f"{score.answered} / {score.invited}",
    ]
    table = site.table[0].value
    first = score_of({"engagement": "ENG-DIA-1", "empowerment": "EMP-RES-1", "equality": "EQU-ACC-1"}[theme])
    likely = f"{whole(first.low or 0)} to {whole(first.high or 0)}"
    assert table["Groups (likely range)"].iloc[0] == rf"{whole(first.score or 0)} \({likely}\)"
    assert table["Mostly or fully"].iloc[0].endswith(f" of {first.answered}")
    said = texts(site)
    assert "Over the reviews" in said
    assert "of these answers were kept from last time." in said
    assert ("The Equality Statement: shown, not scored" in said) is (theme == "equality")


def test_the_equality_page_shows_four_statements_and_four_outcomes_without_a_score(reader: Reader) -> None:
    lists = [
        found.value.count("\n- ") + 1 for found in reader.page("equality").markdown if found.value.startswith("- ")
    ]
    assert lists == [4, 4]


def test_hidden_figures_print_the_mark_with_its_reason_on_the_same_page(reader: Reader) -> None:
    said = texts(reader.page("commitment", ref="EMP-SEC-2"))
    assert f"{HIDDEN_MARK} too few answers, or nearly all alike" in said
    assert "[c] means that a figure is hidden. Fewer than 10 groups answered" in said


def test_a_promise_tells_its_words_its_figures_its_bodies_and_its_source(reader: Reader) -> None:
    site = reader.page("commitment", ref="ENG-DIA-1")
    score = score_of("ENG-DIA-1")
    assert site.title[0].value == "A wider mix of people heard"
    assert site.metric[0].value == f"{whole(score.score or 0)} / 100"
    said = texts(site)
    assert "ENG-DIA-1 · Engagement · Dialogue · a main promise, asked of everyone" in said
    assert f"By chance alone, the score could be {whole(score.low or 0)} to {whole(score.high or 0)}." in said
    assert "Riverbank Council (made up)" in said
    assert "“Engagement: Dialogue”, number 1 in its list" in said
    assert "How far did you see the council ask for ideas" in said
    assert "Thurrock Council, since 1 January 2021" in said


def test_a_promise_that_groups_cannot_see_has_no_score_and_no_mean_of_public_bodies(reader: Reader) -> None:
    site = reader.page("commitment", ref="EQU-WOR-2")
    assert [metric.value for metric in site.metric] == ["–", "–"]
    said = texts(site)
    assert "Groups cannot see this promise being kept" in said
    assert "Each body’s own answer stands below." in said


def test_a_principle_of_all_partners_has_a_difference_and_never_a_gap(reader: Reader) -> None:
    said = texts(reader.page("commitment", ref="PACT-6"))
    assert "It is owed by all partners" in said
    assert "difference of" in said
    assert "gap of" not in said


@pytest.mark.parametrize(("page", "query"), [("headlines", {}), ("equality", {}), ("gap", {"release": "2024.1"})])
def test_below_each_chart_of_a_release_stand_its_pictures_and_each_is_one_that_is_made(
    reader: Reader, page: str, query: dict[str, str]
) -> None:
    site = reader.page(page, **query)
    ref = query.get("release", "2025.1")
    pictures = [str(each.value) for each in site.caption if "as a picture" in str(each.value)]
    names = [re.findall(rf"\(/files/charts/{ref}/([\w-]+)\.(png|svg)\)", each) for each in pictures]
    assert len(pictures) == len(site.get("vega_lite_chart")) or page == "equality"
    assert names
    with reading() as session:
        contents = read_contents(session, viewer=PUBLIC, ref=ref)
    for found in names:
        (png, svg) = found
        assert (png[0], png[1], svg[1]) == (svg[0], "png", "svg")
        assert draw_chart(contents, chart_name(png[0])).specification is not None


def test_the_method_page_works_the_example_out(reader: Reader) -> None:
    site = reader.page("method")
    results = site.table[0].value["Result"].str.replace("\\", "")
    assert {"56.67, so 57", "43 to 71", "24 to 81"} <= set(results)


@pytest.mark.usefixtures("demo")
def test_what_people_typed_means_nothing_to_markdown() -> None:
    with writing() as session:
        typed = "![x](http://evil.example/x.png) **Body**"
        session.execute(
            sa.update(ReleaseBodyAnswer).where(col(ReleaseBodyAnswer.ref) == "ENG-DIA-1").values(name=typed)
        )
    cells = opened("commitment", ref="ENG-DIA-1").table[0].value["Public body"]
    assert all(r"\!\[x\]\(http" in cell and r"\*\*Body\*\*" in cell for cell in cells)


def test_who_is_heard_tells_response_coverage_wards_and_bounds(reader: Reader) -> None:
    site = reader.page("who_is_heard")
    said = texts(site)
    with reading() as session:
        rows = session.exec(
            select(ReleaseResponse)
            .join(Release, col(Release.id) == ReleaseResponse.release_id)
            .where(Release.ref == "2025.1", ReleaseResponse.side == Side.VCFSE)
        ).all()
        whole_sector = next(row for row in rows if row.breakdown is Breakdown.WHOLE)
        assert f"{whole_sector.submitted} of {whole_sector.invited} groups answered" in said
        assert f"{whole_sector.invited} of the {whole_sector.known} known groups were asked" in said
        wards = [row for row in rows if row.breakdown is Breakdown.WARD and row.invited >= 10]
        assert wards
        assert all(f"{row.submitted} of {row.invited}" in said for row in wards)
        assert f"the {whole_sector.invited} groups on the list of those that this review asked" in said
        shares = [table.value for table in site.table if "Of the groups known by name" in table.value]
        assert [frame.columns[0] for frame in shares] == ["Yearly income", "Kind of group", "Ward"]
        assert {f"({row.invited})" for row in wards} <= {
            cell.rpartition(" ")[2].replace("\\", "") for cell in shares[2]["Of the groups known by name"]
        }
    for theme in THEMES:
        score = score_of(theme)
        assert f"{whole(score.lowest or 0)}\n{whole(score.score or 0)}\n{whole(score.highest or 0)}" in said


def test_the_gap_page_shows_each_theme_over_the_reviews(reader: Reader) -> None:
    said = texts(reader.page("gap"))
    for theme in THEMES:
        assert (
            f"{theme.capitalize()}: Groups’ experience: " in said
            or f"{theme.capitalize()}: Groups' experience: " in said
        )


def test_the_gap_page_sets_practice_beside_experience_sorted_by_gap_with_n_range_and_agreement(reader: Reader) -> None:
    site = reader.page("gap")
    table = site.table[0].value
    points = [int(cell.split(" ")[0].replace("\\", "").replace("−", "-")) for cell in table["Gap (likely range)"]]
    assert [abs(each) for each in points] == sorted((abs(each) for each in points), reverse=True)
    assert table["Groups"].str.contains(r"from \d+ of 350").all()
    assert table["Public bodies"].str.contains(r"from \d of \d").all()
    assert table["Gap (likely range)"].str.contains(r"\(.*\d+ to .*\d+.*\)").all()
    said = " ".join(table["Gap (likely range)"])
    assert "They disagree" in said
    assert "Both say that it is kept well" in said


def test_the_gap_page_splits_the_overall_question_by_contact_and_sets_claimed_beside_experienced_level(
    reader: Reader,
) -> None:
    site = reader.page("gap")
    tables = {next(iter(table.value.columns)): table.value for table in site.table}
    # England is said in words with its source, and stands in no table and on no chart.
    assert "In England in 2008, 16% of the groups that answered the same question" in texts(site)
    assert "Source: National Survey of Third Sector Organisations, 2008" in texts(site)
    drawn = [str(found.value) for found in site.table] + [
        str(found.proto) for found in site.get("arrow_vega_lite_chart")
    ]
    assert len(drawn) > len(tables)
    assert not any("England" in each or "2008" in each for each in drawn)
    assert tables["Contact with public bodies"]["Contact with public bodies"].tolist() == [
        "All groups",
        "A great deal",
        "A fair amount",
        "A little",
        "None",
    ]
    levels = tables["Level"]
    assert list(levels.columns) == ["Level", "Groups that say so", "Public bodies that say so"]
    assert len(levels) == 5
