"""Who is heard: shares beside shares, wards that nobody can be told from, and what silence leaves open."""

from hypothesis import given
from hypothesis import strategies as st

from charter import heard
from charter.published.answers import Response, WhoAnswered
from db.types import Breakdown, Side
from tests.rules.made_figures import score, theme

THRESHOLD = 10


def response(breakdown: Breakdown, group: str, invited: int, submitted: int, known: int | None = None) -> Response:
    return Response(Side.VCFSE, breakdown, group, invited, submitted, known)


def answered(*responses: Response) -> WhoAnswered:
    return WhoAnswered(responses=responses, bodies=())


WHO = answered(
    response(Breakdown.WHOLE, "whole", 200, 100, 250),
    response(Breakdown.INCOME, "under_10k", 120, 40),
    response(Breakdown.INCOME, "over_100k", 80, 60),
)


def test_the_opening_says_response_coverage_and_who_is_heard_less() -> None:
    assert heard.opening_sentences(WHO) == (
        "100 of 200 groups answered (50%).",
        "200 of the 250 known groups were asked (80%).",
        (
            "By yearly income, heard less than their share: Under £10,000 (60% of those asked, 40% of the answers), "
            "and heard more: Over £100,000 (40% of those asked, 60% of the answers)."
        ),
    )


def test_where_all_are_heard_alike_nobody_is_named() -> None:
    even = answered(
        response(Breakdown.WHOLE, "whole", 20, 10),
        response(Breakdown.INCOME, "under_10k", 10, 5),
        response(Breakdown.INCOME, "over_100k", 10, 5),
    )
    said = heard.opening_sentences(even)
    assert said[1:] == ("How many groups there are in all is not known, so nobody can say how many were not asked.",)


def test_nobody_asked_or_nobody_answered_makes_no_share() -> None:
    assert heard.opening_sentences(answered()) == ("No group was asked.",)
    silent = answered(response(Breakdown.WHOLE, "whole", 20, 0), response(Breakdown.INCOME, "under_10k", 20, 0))
    assert heard.opening_sentences(silent)[0] == "0 of 20 groups answered (0%)."
    assert heard.share_table(silent, Breakdown.INCOME)["Of those that answered"].tolist() == ["– (0)"]


def test_the_table_sets_the_share_of_those_asked_beside_the_share_of_the_answers() -> None:
    table = heard.share_table(WHO, Breakdown.INCOME)
    assert table.to_numpy().tolist() == [
        ["Under £10,000", "60% (120)", "40% (40)", "20 points less"],
        ["Over £100,000", "40% (80)", "60% (60)", "20 points more"],
    ]


def test_what_is_compared_with_is_the_list_and_what_is_known_beyond_it() -> None:
    assert heard.comparison_sentences(WHO) == (
        "The sector as it is known by name is the 200 groups on the list of those that this review asked.",
        "50 more groups are known to be there, but not of which kind, income or ward, so the tables leave them out.",
    )

    def beyond(known: int | None) -> str:
        return heard.comparison_sentences(answered(response(Breakdown.WHOLE, "whole", 200, 100, known)))[1]

    assert beyond(201).startswith("1 more group is known to be there")
    assert beyond(200) == beyond(199) == "No other groups are known of."
    assert beyond(None) == "How many groups there are besides is not known."
    assert heard.comparison_sentences(answered()) == ()


def test_small_wards_are_told_in_the_table_together_too() -> None:
    wards = answered(
        response(Breakdown.WHOLE, "whole", 40, 20),
        response(Breakdown.WARD, "A", 30, 12),
        response(Breakdown.WARD, "B", 9, 7),
        response(Breakdown.WARD, "C", 1, 1),
    )
    table = heard.share_table(heard.wards_together(wards, threshold=THRESHOLD), Breakdown.WARD)
    assert table.to_numpy().tolist() == [
        ["A", "75% (30)", "60% (12)", "15 points less"],
        [heard.SMALL_WARDS, "25% (10)", "40% (8)", "15 points more"],
    ]


def test_small_wards_are_put_together_with_the_smallest_that_is_not() -> None:
    wards = answered(
        response(Breakdown.WARD, "A", 30, 20),
        response(Breakdown.WARD, "B", 12, 6),
        response(Breakdown.WARD, "C", 1, 1),
    )
    found = heard.wards_together(wards, threshold=THRESHOLD).by(Breakdown.WARD)
    assert [(each.group, each.invited, each.submitted) for each in found] == [
        ("A", 30, 20),
        (heard.SMALL_WARDS, 13, 7),
    ]


@given(st.lists(st.integers(0, 40), max_size=12))
def test_no_ward_below_the_threshold_is_ever_told_apart_and_nobody_is_lost(sizes: list[int]) -> None:
    wards = answered(*(response(Breakdown.WARD, f"W{place}", size, size // 2) for place, size in enumerate(sizes)))
    found = heard.wards_together(wards, threshold=THRESHOLD).by(Breakdown.WARD)
    assert sum(each.invited for each in found) == sum(sizes)
    assert sum(each.submitted for each in found) == sum(size // 2 for size in sizes)
    if sum(sizes) >= THRESHOLD:
        assert all(each.invited >= THRESHOLD for each in found if each.invited)


def test_bounds_stand_beside_the_score_and_say_how_far_silence_reaches() -> None:
    themes = [
        theme(sector=score(57, lowest=24, highest=81)),
        theme(sector=score(None)),
    ]
    assert heard.bounds_frame(themes)[["low", "score", "high"]].to_numpy().tolist() == [[24, 57, 81]]
    assert heard.bounds_table(themes).iloc[0].tolist()[1:] == ["24", "57", "81"]
    assert heard.bounds_title(themes) == "Silence leaves up to 57 points open"
    assert heard.bounds_frame([theme(sector=score(None))]).empty
    assert "nothing can be said" in heard.bounds_title([theme(sector=score(None))])
