"""The sentences that a councillor reads out, word for word."""

from dataclasses import replace

import pytest

from charter import headlines
from charter.published.figures import Change
from db.types import Direction, GapKind, Side, Withheld
from tests.rules.made_figures import change, figures, gap, promise, score, theme, who

BETTER, WORSE, SAME = Direction.BETTER, Direction.WORSE, Direction.NO_CLEAR_CHANGE
NOT_COMPARED = Direction.CANNOT_BE_COMPARED


def directions(*named: tuple[str, Direction]) -> str:
    return headlines.directions_sentence([theme(title, 64, change(direction)) for title, direction in named])


def test_the_whole_headline() -> None:
    wide = promise("EMP-SEC-4", "Fair share", 43, gap=gap(28, clear=True, practice=71, experience=43))
    themes = (
        theme("Engagement", 64, change(BETTER)),
        theme("Empowerment", 51, change(SAME, 1), promises=(wide,)),
        theme("Equality", 70, change(BETTER, 4)),
    )
    since = "Since the 2025 review, groups say that promises are kept better on engagement and equality."
    assert headlines.headline(figures(*themes), who()) == (
        "Groups give engagement 64 out of 100, empowerment 51 and equality 70.",
        f"{since} They see no clear change on empowerment.",
        "The widest gap is on “Fair share”: public bodies give themselves 71 out of 100, and groups give 43.",
        "212 of 350 groups answered (61%).",
    )


def test_few_answers_give_no_headline_but_say_how_many_answered() -> None:
    wide = promise(gap=gap(28, clear=True))
    few = theme("Engagement", 64, change(Direction.FEW_ANSWERS, None), few=True, promises=(wide,))
    assert headlines.headline(figures(few), who(22)) == (
        "Fewer than 30 groups, or under a quarter of those asked, answered: too few for a headline.",
        "22 of 350 groups answered (6%).",
    )


def test_a_theme_without_a_score_and_one_with_few_answers_are_left_out_of_the_headline() -> None:
    themes = [theme("Engagement", 64), theme("Equality", None), theme("Empowerment", 51, few=True)]
    assert headlines.levels_sentence(themes) == "Groups give engagement 64 out of 100."


def test_no_score_at_all() -> None:
    said = "No theme has a score in this review, because too few answers can be shown."
    assert headlines.levels_sentence([theme("Equality", None)]) == said


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (
            [("A", BETTER), ("B", BETTER)],
            "Since the 2025 review, groups say that promises are kept better in both themes.",
        ),
        (
            [("Voice", BETTER), ("Money", WORSE)],
            "Since the 2025 review, groups say that promises are kept better on voice and worse on money.",
        ),
        ([("Voice", SAME), ("Money", SAME)], "Since the 2025 review, groups see no clear change."),
        (
            [("Voice", WORSE), ("Money", NOT_COMPARED)],
            "Since the 2025 review, groups say that promises are kept worse on voice. Money cannot be compared.",
        ),
        ([("Voice", SAME), ("Money", NOT_COMPARED)], "No clear change on voice. Money cannot be compared."),
        ([("Voice", NOT_COMPARED)], "This review cannot be compared with the 2025 review."),
    ],
)
def test_directions(named: list[tuple[str, Direction]], said: str) -> None:
    assert directions(*named) == said


def test_the_first_review_has_nothing_to_be_compared_with() -> None:
    said = "There is no earlier review that these scores can be compared with."
    assert headlines.directions_sentence([theme()]) == said


def test_the_widest_gap_is_a_clear_one_whichever_side_is_higher() -> None:
    found = [
        promise("A", "Narrow", gap=gap(14, clear=True)),
        promise("B", "Unclear", gap=gap(60, clear=False)),
        promise("C", "Turned", gap=gap(-30, clear=True, practice=40, experience=70)),
    ]
    widest = headlines.widest_gap(found)
    assert widest is not None
    assert widest.title == "Turned"
    assert headlines.widest_gap_sentence(found) == (
        "The widest gap is on “Turned”: public bodies give themselves 40 out of 100, and groups give 70."
    )


def test_no_gap_is_clear() -> None:
    assert headlines.widest_gap_sentence([promise(gap=gap(9))]) == "No gap between the two sides is clear."
    assert headlines.widest_gap_sentence([promise(gap=None)]) == ""


def test_a_clear_gap_on_few_answers_is_not_named() -> None:
    few = promise(gap=gap(40, clear=True), sector=score(30, few=True))
    assert headlines.widest_gap([few]) is None


def test_the_sides_of_a_promise_that_groups_owe_and_of_one_that_all_owe() -> None:
    assert headlines.both_sides(gap(owing_side=Side.VCFSE)) == (
        "groups give themselves 76 out of 100, and public bodies give them 64"
    )
    assert headlines.both_sides(gap(kind=GapKind.DIFFERENCE_BETWEEN_SIDES)) == (
        "public bodies give themselves 76 out of 100, and groups give themselves 64"
    )


@pytest.mark.parametrize(
    ("direction", "few", "parts"),
    [
        (BETTER, False, ("Better", "than in the 2025 review")),
        (WORSE, False, ("Worse", "than in the 2025 review")),
        (SAME, False, ("No clear change", "since the 2025 review")),
        (NOT_COMPARED, False, ("Cannot be compared", "with the 2025 review")),
        (Direction.FEW_ANSWERS, False, ("Few answers", "so no direction is given")),
        (BETTER, True, ("Few answers", "so no direction is given")),
    ],
)
def test_a_change_in_a_word(direction: Direction, few: bool, parts: tuple[str, str]) -> None:
    assert headlines.change_parts(change(direction), few=few) == parts


def test_no_change_in_the_first_review() -> None:
    assert headlines.change_parts(None, few=False) == ("First review", "with nothing to compare it with yet")
    assert headlines.change_sentence(None) == "There is no earlier review to compare this with."


def test_a_change_in_full() -> None:
    rest = (
        "since the 2025 review, among the 130 groups that answered both times. "
        "The score of all who answered was 58 then and is 64 now. 0% of these answers were kept from last time."
    )
    assert headlines.change_sentence(change()) == f"Better, by 6 points, {rest}"
    assert headlines.change_sentence(change(WORSE, -1)) == f"Worse, by 1 point, {rest}"
    assert headlines.change_sentence(change(SAME, -2)) == f"No clear change (−2 points) {rest}"


def test_a_themes_two_scores_are_said_to_be_of_the_promises_that_can_be_compared() -> None:
    said = headlines.change_sentence(change(), of_theme=True)
    assert (
        "For the main promises that can be compared, the score of all who answered was 58 then and is 64 now." in said
    )


def test_what_was_carried_over_is_always_said() -> None:
    kept = change(carried_over="61%", mostly_carried_over=True)
    assert headlines.change_sentence(kept).endswith(
        "Mostly carried over: 61% of these answers were kept from last time."
    )
    some = headlines.change_sentence(change(carried_over="under 1%"))
    assert some.endswith(" now. Under 1% of these answers were kept from last time.")
    unknown = headlines.change_sentence(change(carried_over=None))
    assert unknown.endswith("It is not known how many of these answers were kept from last time.")


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (change(NOT_COMPARED, None, matched=12), "only 12 groups answered both times"),
        (change(NOT_COMPARED, None), "too few of its main promises mean the same and can be shown in both reviews"),
        (change(Direction.FEW_ANSWERS, None), "too few groups answered"),
        (
            change(NOT_COMPARED, None, matched=None),
            "what groups said cannot be shown for both reviews, or the promise has changed its meaning",
        ),
        (
            change(NOT_COMPARED, None, withheld=Withheld.FEW_OR_UNIFORM),
            "what groups said cannot be shown for both reviews, or the promise has changed its meaning",
        ),
    ],
)
def test_why_a_change_is_not_given(found: Change, reason: str) -> None:
    assert headlines.change_sentence(found) == f"It cannot be compared with the 2025 review: {reason}."


def test_the_movers_are_picked_by_the_surer_direction() -> None:
    found = [
        promise("A", "Up a little", change=change(BETTER, 3)),
        promise("B", "Up a lot but unsure", change=change(BETTER, 20, listed=SAME)),
        promise("C", "Up most", change=change(BETTER, 9)),
        promise("D", "Down most", change=change(WORSE, -7)),
        promise("E", "Few", change=change(BETTER, 30), sector=score(40, few=True)),
        promise("F", "Not compared", change=change(NOT_COMPARED, None)),
    ]
    up, down = headlines.movers(found)
    assert headlines.mover_sentence(up, improved=True) == "“Up most” improved most: up 9 points."
    assert headlines.mover_sentence(down, improved=False) == "“Down most” got worse most: down 7 points."


def test_no_mover_is_clear() -> None:
    up, down = headlines.movers([promise(change=change(BETTER, 20, listed=SAME)), promise(change=None)])
    assert headlines.mover_sentence(up, improved=True) == "No promise got clearly better."
    assert headlines.mover_sentence(down, improved=False) == "No promise got clearly worse."


def test_a_theme_names_its_highest_and_lowest_promise_of_those_that_have_a_place() -> None:
    found = theme(
        promises=(
            promise("A", "High", 80),
            promise("B", "Low", 20),
            promise("C", "Hidden", None),
            promise("D", "Few", 5, sector=score(5, few=True)),
        )
    )
    assert headlines.theme_sentence(found) == "Highest: “High”, 80. Lowest: “Low”, 20."
    assert headlines.theme_sentence(replace(found, promises=found.promises[:1])) == (
        "Too few of its promises can be put in order."
    )


def test_how_a_theme_page_opens() -> None:
    clear = theme("Engagement", 64, change(WORSE, -4), gap=gap(13, clear=True, practice=77))
    assert headlines.theme_answer(clear) == (
        "Groups give engagement 64 out of 100.",
        "Public bodies give themselves 77: a clear gap of 13 points.",
        "Worse than in the 2025 review.",
    )
    hidden = theme("Equality", None, sector=score(None, shown=2, asked=4))
    assert headlines.theme_answer(hidden) == (
        "Equality has no score in this review: only 2 of its 4 main promises can be shown.",
    )
    assert headlines.theme_answer(theme("Voice", 64, change(), few=True)) == (
        "Groups give voice 64 out of 100, but few answered.",
    )
    assert headlines.theme_answer(theme("Voice", None, sector=None)) == (
        "Voice has no score in this review: groups were not asked about it.",
    )


def test_gaps_in_words() -> None:
    assert headlines.gap_words(gap(13, clear=True)) == "a clear gap of 13 points"
    assert headlines.gap_words(gap(-1)) == "a gap of −1 point, not a clear one"
    assert headlines.gap_words(gap(None)) == "no gap can be shown"
    assert headlines.gap_words(gap(-8, kind=GapKind.DIFFERENCE_BETWEEN_SIDES)) == "a difference of 8 points"


def test_a_theme_inside_a_sentence_keeps_its_initials() -> None:
    assert headlines.inside("Equality") == "equality"
    assert headlines.inside("NHS services") == "NHS services"
