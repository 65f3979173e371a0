"""What charts say above themselves, what is missing, the sentences on gaps, and the method in words."""

from dataclasses import replace
from datetime import date

import pytest

from charter import findings, gap_sentences, method, missing, national_context
from charter.charters import CharterFound
from charter.published import tables
from charter.published.answers import Body, BodyAnswer, Response, Share, WhoAnswered
from charter.published.figures import InPeriod, Score
from db.types import (
    Agreement,
    Breakdown,
    CharterState,
    GapKind,
    Measure,
    Precision,
    Question,
    Scope,
    Side,
    Withheld,
)
from tests.rules.made_figures import figures, gap, promise, score, theme, who

HIGH, LOW = promise("A", "High", 80), promise("B", "Low", 20)
WITHOUT = "Without that, someone could work out what a few groups answered."
NOT_HELD = CharterFound(
    ref="new",
    title="Resilience Charter 2025",
    official_title="",
    state=CharterState.RECORD_ONLY,
    kind="",
    summary="",
    adopted_by="",
    adopted_on=date(2025, 1, 1),
    adopted_precision=Precision.YEAR,
    adoption_note="",
    signed_by="",
    how_it_came_about="",
    not_held="We do not hold the text.",
    successor_note="",
    follows=None,
)


def by(breakdown: Breakdown, code: str, value: int | None, *, few: bool = False) -> Score:
    return score(value, breakdown=breakdown, group=code, few=few)


def share(option: str, percent: str | None, chose: int | None = None, **more: object) -> Share:
    made = Share(
        question=Question.INFLUENCE,
        contact="",
        option=option,
        answered=223 if percent else None,
        chose=chose,
        percent=percent,
        low=18,
        high=24,
        few=False,
        withheld=None if percent else Withheld.FEW_OR_UNIFORM,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_ranked() -> None:
    assert findings.ranked_title([LOW, HIGH]) == "Groups rate “High” highest, “Low” lowest"
    assert findings.ranked_title([HIGH]) == "Groups give “High” 80 out of 100"
    assert findings.ranked_title([promise("C", "Hidden", None)]) == "No promise can be put in order"


def test_gaps_and_differences() -> None:
    clear = promise("A", "Funding", gap=gap(28, clear=True))
    assert findings.gap_title([clear, HIGH]) == "The two sides are furthest apart on “Funding”"
    assert findings.gap_title([HIGH]) == "On no promise are the two sides clearly apart"
    turned = gap(-20, clear=True, kind=GapKind.DIFFERENCE_BETWEEN_SIDES)
    assert findings.difference_title([promise("A", "Trust", gap=turned)]) == (
        "The two sides differ most on “Trust”: groups rate themselves higher"
    )
    assert findings.difference_title([HIGH]) == "On no principle do the two sides clearly differ"


def test_spread() -> None:
    spread = promise("A", "Forms", sector=score(30, answered=100, levels=(40, 29, 20, 10, 1)))
    other = promise("B", "Voice", sector=score(60, answered=100, levels=(0, 10, 20, 60, 10)))
    few = promise("C", "Few", sector=score(0, answered=10, levels=(10, 0, 0, 0, 0), few=True))
    assert findings.spread_title([other, spread, few]) == "69% of groups (69 of 100) saw little or none of “Forms”"
    assert findings.spread_title([few]) == "No promise has enough answers to say how they are spread"


def test_breakdowns() -> None:
    found = [
        by(Breakdown.INCOME, "under_10k", 62),
        by(Breakdown.INCOME, "over_100k", 68),
        by(Breakdown.INCOME, "not_known", 99, few=True),
        by(Breakdown.INCOME, "from_10k_to_100k", None),
        by(Breakdown.KIND, "faith", 5),
    ]
    assert findings.breakdown_title(found, Breakdown.INCOME) == "From 62 (under £10,000) to 68 (over £100,000)"
    assert findings.breakdown_title(found, Breakdown.KIND) == "All that can be shown stand at 5"
    assert findings.breakdown_title(found[2:4], Breakdown.INCOME) == "No group can be shown by itself"


def test_over_the_reviews() -> None:
    history = [
        InPeriod("2024", "2024 review", 0, score(47)),
        InPeriod("2024", "2024 review", 0, score(73, side=Side.PUBLIC, measure=Measure.PRACTICE)),
        InPeriod("2025", "2025 review", 0, score(None)),
        InPeriod("2026", "2026 review", 0, score(64)),
    ]
    assert findings.periods_title(history) == "Groups’ experience: 47 in 2024 and 64 in 2026"
    assert findings.periods_title(history[2:3]) == "No review has a score that can be shown"


def test_who_answered_most_and_least() -> None:
    found = WhoAnswered(
        responses=(
            Response(Side.VCFSE, Breakdown.KIND, "faith", 54, 31, None),
            Response(Side.VCFSE, Breakdown.KIND, "voluntary", 99, 69, None),
        ),
        bodies=(),
    )
    assert findings.response_title(found, Breakdown.KIND) == (
        "Voluntary groups: 70% answered (69 of 99). Faith groups: 57% (31 of 54)"
    )
    alike = replace(found, responses=tuple(replace(each, submitted=each.invited) for each in found.responses))
    assert findings.response_title(alike, Breakdown.KIND) == "All answered alike: 100% (153 of 153)"
    assert findings.response_title(found, Breakdown.INCOME) == "Nobody was asked"


def test_what_a_chart_is_made_of() -> None:
    assert findings.score_subtitle(score(64), period="2026 review") == (
        "Scores out of 100, 2026 review, from 142 of 350 groups"
    )
    assert findings.score_subtitle(score(None), period="2026 review") == "Scores out of 100, 2026 review"


def test_what_is_missing() -> None:
    hidden = theme("Equality", None, sector=score(None, scope=Scope.THEME, shown=2, asked=4))
    few = theme("Voice", 60, few=True)
    bodies = (Body("The council", answered=True, engagement_level=None), Body("The NHS", False, None))
    found = missing.what_is_missing(figures(hidden, few), replace(who(212, 350, known=410), bodies=bodies), (NOT_HELD,))
    assert found == (
        "138 groups did not answer. We do not know what they would have said.",
        "60 of the 410 groups that are known were not asked.",
        "No accepted answers are held of these public bodies: The NHS. They were not sent, or not accepted in time.",
        "Equality has no score: only 2 of its 4 main promises can be shown.",
        "1 score rests on few answers and has no place in an order.",
        f"1 score is hidden ([c]). {WITHOUT}",
        "Resilience Charter 2025: We do not hold the text.",
    )


def test_nothing_is_missing_but_the_bodies_that_nobody_asked() -> None:
    assert missing.what_is_missing(figures(theme()), who(350, 350), ()) == ("No public body was asked.",)


def test_agreement() -> None:
    found = [
        promise("A", gap=gap(agreement=Agreement.DISAGREE)),
        promise("B", gap=gap(agreement=Agreement.DISAGREE)),
        promise("C", gap=gap(agreement=Agreement.AGREE_GOOD)),
        promise("D", gap=gap(agreement=Agreement.MIXED)),
        promise("E", gap=gap(None, agreement=None)),
    ]
    assert gap_sentences.agreement_sentence(found) == (
        "Of the four promises that both sides rated, the two sides disagree on two, both say that one is kept well "
        "and one is mixed."
    )
    assert gap_sentences.agreement_sentence(found[4:]) == ("No promise has answers from both sides that can be shown.")


def test_the_overall_question() -> None:
    positive = share("positive_or_very_positive", "21%")
    assert gap_sentences.influence_sentence([positive]) == (
        "21% of the 223 groups that answered say “positive” or “very positive”. "
        "By chance alone, it could be 18% to 24%."
    )
    hidden = share("positive_or_very_positive", None)
    assert gap_sentences.influence_sentence([hidden]) == (
        "The answer is not shown: too few answers, or nearly all alike."
    )
    few = replace(positive, few=True, answered=12)
    assert gap_sentences.influence_sentence([few]) == "Only 12 groups answered, too few for a headline."
    assert gap_sentences.influence_sentence([]) == "This review did not ask it."


def test_the_national_figure_says_what_it_covers_how_many_answered_and_where_it_comes_from() -> None:
    said, source = national_context.context_sentences()
    assert said.startswith(
        "In England in 2008, 16% of the groups that answered the same question said “positive” or “very positive”. "
        "48,949 answered, 47% of those asked."
    )
    assert "in all 149 main council areas of England" in said
    assert "no measure of better or worse here" in said
    assert source.startswith("Source: National Survey of Third Sector Organisations, 2008")


def test_the_level_of_engagement() -> None:
    levels = [
        share(option, percent, chose, question=Question.ENGAGEMENT_LEVEL)
        for option, percent, chose in (("information", "25%", 56), ("consultation", "37%", 82))
    ]
    assert gap_sentences.engagement_sentence(levels) == (
        "The level that most groups name is consultation: 37% of the 223 that answered."
    )
    assert gap_sentences.engagement_sentence([]) == "Too few answers can be shown to name a level."


def test_the_worked_example_is_the_published_one() -> None:
    answered, steps = method.worked_example()
    assert answered[0] == (
        "40 groups were asked about one promise. 1 said “not at all”, 3 said “a little”, 4 said “partly”, "
        "5 said “mostly” and 2 said “fully”."
    )
    assert answered[1] == "For 2 it does not apply, 3 did not know, and 20 did not answer."
    results = dict(zip(steps["Step"], steps["Result"], strict=True))
    assert results["Score"] == "56.67, so 57"
    assert results["Spread, V"] == "0.06828"
    assert results["Student’s t"] == "2.1448"
    assert results["Likely range"] == "43 to 71"
    assert results["If the 20 had all said “not at all”, or all “fully”"] == "24 to 81"


@pytest.mark.parametrize("threshold", [10, 15])
def test_the_method_tells_the_rules_own_numbers(threshold: int) -> None:
    said = " ".join(" ".join(part.paragraphs) for part in method.parts(threshold=threshold))
    for number in (f"fewer than {threshold} groups", "at least 13 points", "at 60 or more", "under 40", "At least 30"):
        assert number in said
    assert "under 25% of those asked" in said
    assert f"only where the answers of at least {threshold} groups to it change. Else it is hidden" in said
    assert "  " not in said


def test_a_body_without_an_accepted_answer_is_not_said_to_be_silent() -> None:
    said = [BodyAnswer("ENG-DIA-1", name, Measure.PRACTICE, level, None) for name, level in (("A", 3), ("B", None))]
    assert tables.body_table(said).iloc[:, 1].tolist() == ["mostly (3 of 4)", "no accepted answer"]
