"""What the briefing holds, part by part, and how it keeps to two pages."""

import io
from collections.abc import Callable
from dataclasses import replace

import pypdf
import pytest

from charter import clock
from charter.reports.contents import Contents
from charter.reports.papers.briefing import PAGES, briefing
from charter.reports.papers.document import Items
from charter.reports.papers.pdf import make_pdf, measure
from charter.reports.papers.scrutiny import scrutiny_paper
from db.types import Direction, ReleaseTextKind
from tests.office.awkward import LONG, NAMES
from tests.office.awkward import awkward as hard_to_set
from tests.store.given_out import contents_of, without_outcomes
from tests.store.paper_cases import (
    awkward,
    first_review,
    headings,
    part,
    table_in,
    with_text,
    without_figures,
    words_in,
)
from tests.templates import Templates

BRIEFING = (
    "Headline counts",
    "What it means",
    "Outcomes",
    "Off track, and the route to green",
    "The widest gaps",
    "Decisions asked",
    "Date, response rate and caveats",
)


@pytest.fixture(scope="module")
def contents(templates: Templates) -> Contents:
    return contents_of(templates)


def test_the_briefing_has_the_parts_that_cabinet_asks_for(contents: Contents) -> None:
    told = briefing(contents)
    assert headings(told) == BRIEFING
    counts = table_in(told, "Headline counts")
    assert counts.columns == ("Headline", "Now", "Direction", "What it rests on")
    for row, theme in zip(counts.rows, contents.figures.themes, strict=False):
        assert (row[0], row[1]) == (f"{theme.title}, as groups see it", f"{theme.score} out of 100")
        assert theme.change is not None
        assert row[2].startswith(
            {Direction.BETTER: "↑ Better", Direction.WORSE: "↓ Worse"}.get(theme.change.direction, "No")
        )
        assert theme.gap is not None
        assert f"Public bodies give themselves {theme.gap.practice}: " in row[3]
    came = contents.came
    assert counts.rows[-2][1] == f"{came.counts.on_track} of {came.counts.with_status}"
    assert counts.rows[-1][1] == f"{came.overdue} of {came.actions}"
    assert words_in(told, "What it means") == contents.text(ReleaseTextKind.WHAT_IT_MEANS).replace("\n", " ")
    asked = next(block for block in part(told, "Decisions asked") if isinstance(block, Items))
    assert asked == Items(tuple(contents.text(ReleaseTextKind.DECISIONS_ASKED).split("\n")), numbered=True)
    caveats = words_in(told, "Date, response rate and caveats")
    assert "Release 2025.1, published on 17 November 2025." in caveats
    assert "223 of 350 groups answered (64%)." in caveats
    assert "Answers were taken from 1 September 2025 to 31 October 2025." in caveats
    assert "127 groups did not answer" in caveats


def test_long_titles_of_themes_leave_room_for_the_figures(contents: Contents) -> None:
    hard = hard_to_set(contents)
    assert {len(each.title) for each in (*hard.figures.themes, *hard.figures.promises)} == {LONG}
    assert set(NAMES) <= {each.name for each in hard.answers}
    told = briefing(hard)
    rows = table_in(told, "Headline counts").rows[:3]
    assert all("…, as groups see it" in row[0] and len(row[0]) < 80 for row in rows)
    assert [row[1] for row in rows] == [f"{theme.score} out of 100" for theme in contents.figures.themes]
    assert words_in(told, "What it means") == contents.text(ReleaseTextKind.WHAT_IT_MEANS).replace("\n", " ")
    assert len(table_in(told, "Off track, and the route to green").rows) == 3
    assert measure(told).pages == PAGES


def test_outcomes_stand_in_the_conventional_columns_worst_first(contents: Contents) -> None:
    table = table_in(briefing(contents), "Outcomes")
    assert table.columns == ("Outcome", "Value", "Target", "Status", "Short trend", "Long trend")
    reported = [each for each in contents.indicators if not each.on_agenda and not each.stated]
    assert len(table.rows) == len(reported)
    assert [row[3] for row in table.rows][:3] == ["■ off track"] * 3
    by_title = {row[0]: row for row in table.rows}
    for each in reported:
        row = by_title[each.title]
        if not each.history:
            assert row[1:] == ("no figure yet", "–", "○ no data yet", "–", "–")
            continue
        assert f"{each.history[-1].now.value.normalize():,f}".rstrip("0").rstrip(".") in row[1] or "000" in row[1]
        assert (row[2] == "–") is (each.stands.target is None)
        assert row[5].startswith("– measured once a year") is (each.stands.long is None)


def test_each_outcome_that_is_off_track_has_its_route_to_green(contents: Contents) -> None:
    table = table_in(briefing(contents), "Off track, and the route to green")
    off = contents.came.off_track
    assert len(off) == 3
    routes = [each.route or "Nobody has said yet how it gets back." for each in off]
    assert [(row[0], row[2]) for row in table.rows] == list(zip([each.title for each in off], routes, strict=True))


def test_the_widest_gaps_come_in_their_order(contents: Contents) -> None:
    table = table_in(briefing(contents), "The widest gaps")
    gaps = [(each.gap.points or 0, each.title) for each in contents.scored if each.gap and not each.few]
    widest = [title for _, title in sorted(gaps, key=lambda each: (-abs(each[0]), each[1]))][:6]
    assert [row[0] for row in table.rows] == widest


ALTERED: dict[str, Callable[[Contents], Contents]] = {
    "everything is as long as it may be": awkward,
    "a theme is hidden": lambda contents: without_figures(contents, "equality"),
    "the first review": first_review,
    "nothing came of it": without_outcomes,
    "long decisions": lambda contents: with_text(contents, ReleaseTextKind.DECISIONS_ASKED, "Decide this.\n" * 300),
}


@pytest.mark.parametrize("altered", ALTERED)
def test_the_briefing_keeps_to_two_pages_and_to_its_parts(contents: Contents, altered: str) -> None:
    told = briefing(ALTERED[altered](contents))
    length = measure(told)
    assert length.pages <= PAGES
    assert length.pages < PAGES or length.down < 210
    assert len(pypdf.PdfReader(io.BytesIO(make_pdf(told))).pages) == length.pages
    assert set(headings(told)) <= set(BRIEFING)
    assert {*BRIEFING} - {*headings(told)} <= {"Off track, and the route to green"}


def test_what_there_is_no_room_for_is_said_to_be_elsewhere(contents: Contents) -> None:
    told = briefing(awkward(contents))
    shown = len(table_in(told, "Outcomes").rows)
    reported = [each for each in awkward(contents).indicators if not each.on_agenda]
    assert 0 < shown < len(reported)
    assert f"{len(reported) - shown} more outcomes. The annual review has the rest." in words_in(told, "Outcomes")
    assert "…" in words_in(told, "Decisions asked")
    assert words_in(told, "Decisions asked").endswith("The annual review has the rest.")


def test_what_a_release_lacks_is_said_plainly(contents: Contents) -> None:
    hidden = table_in(briefing(without_figures(contents, "equality")), "Headline counts").rows[2]
    assert hidden == ("Equality, as groups see it", "–", "–", "None of its 4 main promises can be shown.")
    first = table_in(briefing(first_review(contents)), "Headline counts").rows[0]
    assert first[2] == "First review with nothing to compare it with yet"
    nothing = briefing(without_outcomes(contents))
    assert words_in(nothing, "Outcomes") == "Nobody has reported an outcome yet."
    assert table_in(nothing, "Headline counts").rows[-1][3] == "There are no actions yet."
    silent = replace(contents, who=replace(contents.who, texts=()))
    assert words_in(briefing(silent), "What it means") == "Nobody has written yet what these figures mean."
    assert words_in(briefing(silent), "Decisions asked") == "No decision is asked for."


def test_a_correction_says_why_there_is_one(templates: Templates) -> None:
    corrected = contents_of(templates, "2023.2")
    said = (
        f"Release 2023.2, published on {clock.day_in_words(corrected.release.published_at.date())}. "
        f"It puts an earlier release right. The reason: {corrected.release.reason}"
    )
    assert said in words_in(briefing(corrected), "Date, response rate and caveats")
    assert said in words_in(scrutiny_paper(corrected), "What to bear in mind")
