"""What the scrutiny paper holds, part by part, and when figures come back."""

from dataclasses import replace
from datetime import date

import pytest

from charter import clock
from charter.coming import NextReview, next_review, next_sentence
from charter.published.figures import Theme
from charter.releases import find_release
from charter.reports.contents import Contents
from charter.reports.papers.annual import annual_review
from charter.reports.papers.document import Figure, Paragraph
from charter.reports.papers.scrutiny import scrutiny_paper
from charter.rules.access import PUBLIC
from db.engine import Store
from db.types import ActionStatus, Direction, PeriodState
from tests.store.given_out import contents_of, without_outcomes
from tests.store.paper_cases import first_review, headings, said_in, table_in, words_in
from tests.templates import Templates

SCRUTINY = (
    "What was promised",
    "What slipped",
    "What committees recommended, and what became of it",
    "Who is not heard",
    "Concerns",
    "When this comes back",
    "What to bear in mind",
)


@pytest.fixture(scope="module")
def contents(templates: Templates) -> Contents:
    return contents_of(templates)


def test_the_scrutiny_paper_has_its_parts(contents: Contents) -> None:
    told = scrutiny_paper(contents)
    assert headings(told) == SCRUTINY
    assert isinstance(told.blocks[0], Paragraph)
    assert told.blocks[0].words == "1 of the 4 actions that were promised in the 2024 review are done."


def test_every_promise_and_what_became_of_the_last_ones_is_told(contents: Contents) -> None:
    told = scrutiny_paper(contents)
    own = [each for each in contents.promises if each.own]
    now = table_in(told, "After the 2025 review").rows
    assert [(row[0], row[1]) for row in now] == [
        (each.organisation, f"{each.title}. Groups gave it {each.score} out of 100.") for each in own
    ]
    assert [row[3].startswith("No action: ") for row in now] == [not each.action for each in own]
    before = [each for each in contents.promises if not each.own]
    stands = {ActionStatus.DONE: "✓ done", ActionStatus.ON_TRACK: "● on track", ActionStatus.OFF_TRACK: "■ off track"}
    rows = table_in(told, "In the review before: was it done?").rows
    assert [row[3] for row in rows] == [
        stands[each.status] if each.status else "– no action was promised" for each in before
    ]


def test_what_slipped_names_each_late_action_with_its_days(contents: Contents) -> None:
    late = [each for each in contents.actions if each.overdue]
    rows = table_in(scrutiny_paper(contents), "Actions").rows
    on = clock.local(contents.release.published_at).date()
    assert len(late) == 4
    assert [(row[0], row[4]) for row in rows] == [
        (each.heading, f"{(on - each.due.last_day()).days} days late") for each in late if each.due
    ]


def test_a_promise_that_got_worse_slipped_too(contents: Contents) -> None:
    kept_worse = "Promises that groups say are kept worse"
    assert words_in(scrutiny_paper(contents), kept_worse) == "No promise got clearly worse."
    themes = contents.figures.themes
    worse = replace(contents, figures=replace(contents.figures, themes=(got_worse(themes[0]), *themes[1:])))
    said = words_in(scrutiny_paper(worse), kept_worse)
    assert said.startswith(f"{themes[0].promises[0].title}: Worse, by 9 points, since the 2024 review")


def got_worse(theme: Theme) -> Theme:
    first = theme.promises[0]
    assert first.change is not None
    change = replace(first.change, points=-9, direction=Direction.WORSE, listed_direction=Direction.WORSE)
    return replace(theme, promises=(replace(first, change=change), *theme.promises[1:]))


def test_each_recommendation_stands_with_what_became_of_it(contents: Contents) -> None:
    rows = table_in(scrutiny_paper(contents), SCRUTINY[2]).rows
    assert len(rows) == len(contents.recommendations) == 2
    for row, each in zip(rows, contents.recommendations, strict=True):
        assert row[0] == f"{each.committee}, {each.made_on.day} {each.made_on:%B %Y}"
        assert row[1].startswith(each.words)
        assert all(action.heading in row[2] for action in each.actions)


def test_it_says_when_it_comes_back_and_what_is_due_then(contents: Contents) -> None:
    told = scrutiny_paper(contents)
    assert contents.coming is not None
    day = contents.coming.closes_on
    assert f"The next one, the 2026 review (made up), closes on {day.day} {day:%B %Y}." in words_in(told, SCRUTINY[5])
    due = table_in(told, SCRUTINY[5]).rows
    open_ones = (ActionStatus.ON_TRACK, ActionStatus.OFF_TRACK, ActionStatus.NOT_STARTED)
    coming = [each for each in contents.actions if each.due and not each.overdue and each.status in open_ones]
    assert sorted(row[0] for row in due) == sorted(each.heading for each in coming)


def test_a_first_review_does_not_say_that_nothing_got_worse(contents: Contents) -> None:
    first, sentence = first_review(contents), "There is no earlier review that these scores can be compared with."
    assert words_in(scrutiny_paper(first), "Promises that groups say are kept worse") == sentence
    review = annual_review(first)
    assert words_in(review, "What changed most") == sentence
    assert "There is no earlier review to compare this with" not in " ".join(said_in(review))
    drawn = [each.drawing.title for each in review.blocks if isinstance(each, Figure)]
    assert drawn, "the charts of one review are there"
    assert not any(title.startswith("Groups’ experience: ") for title in drawn), "a line needs two reviews"


def test_a_scrutiny_paper_without_anything_says_so(contents: Contents) -> None:
    told = scrutiny_paper(replace(without_outcomes(first_review(contents)), coming=None))
    said = " ".join(said_in(told))
    for words in (
        "There are no promises of an earlier review to look back on.",
        "No public body wrote what it will do after the 2025 review.",
        "There are no actions yet.",
        "Nobody has reported an outcome yet.",
        "No committee has recommended anything yet.",
        "No date is set for the next review yet.",
        "No open action has a date that is still to come.",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, "No date is set"),
        (NextReview("2027 review", date(2027, 11, 30), PeriodState.PLANNED), "closes on 30 November 2027. Its results"),
        (NextReview("2027 review", date(2027, 11, 30), PeriodState.CLOSED), "closed on 30 November 2027. Its results"),
        (
            NextReview("2027 review", date(2027, 11, 30), PeriodState.PUBLISHED),
            "the 2027 review, is published already.",
        ),
    ],
)
def test_when_the_next_review_comes_is_said_in_words(found: NextReview | None, said: str) -> None:
    assert said in next_sentence(found)


def test_the_review_that_opens_next_is_the_one_that_comes(demo_read: Store) -> None:
    with demo_read.reading() as session:
        keys = [find_release(session, viewer=PUBLIC, ref=ref).id for ref in ("2023.1", "2025.1")]
        first, latest = (next_review(session, viewer=PUBLIC, release_id=key) for key in keys)
    assert first is not None
    assert (first.title, first.state) == ("2024 review (made up)", PeriodState.PUBLISHED)
    assert latest is not None
    assert (latest.title, latest.state) == ("2026 review (made up)", PeriodState.OPEN)
