"""What a chart shows, as the title above it, and what it is made of, as the line below that."""

from collections.abc import Sequence

from charter.headlines import OUT_OF, opening, quoted, ranked, widest_gap
from charter.published.answers import WhoAnswered
from charter.published.figures import InPeriod, Promise, Score, Sides
from charter.rules.shares import percent_words
from charter.words import group_label, listed
from db.types import Breakdown, GapKind, Measure, Side


def ranked_title(found: Sequence[Sides]) -> str:
    """Say which promise groups rate highest, and which lowest."""
    order = ranked(found)
    if not order:
        return "No promise can be put in order"
    if len(order) == 1:
        return f"Groups give {quoted(order[0].title)} {order[0].score} {OUT_OF}"
    return f"Groups rate {quoted(order[0].title)} highest, {quoted(order[-1].title)} lowest"


def gap_title(found: Sequence[Sides]) -> str:
    """Say where the two sides are clearly furthest apart."""
    widest = widest_gap(found)
    if widest is None:
        return "On no promise are the two sides clearly apart"
    return f"The two sides are furthest apart on {quoted(widest.title)}"


def difference_title(found: Sequence[Sides]) -> str:
    """Say where the two sides' ratings of their own practice clearly differ most."""
    widest = widest_gap(found)
    if widest is None or widest.gap is None or not widest.gap.points:
        return "On no principle do the two sides clearly differ"
    side = "public bodies" if widest.gap.points > 0 else "groups"
    return f"The two sides differ most on {quoted(widest.title)}: {side} rate themselves higher"


def spread_title(promises: Sequence[Promise]) -> str:
    """Say of which promise the largest share of groups saw little or nothing."""
    low = [
        (sum(each.sector.levels[:2]), each.sector.answered, each)
        for each in promises
        if each.sector is not None and each.sector.levels and each.sector.answered and not each.few
    ]
    if not low:
        return "No promise has enough answers to say how they are spread"
    few, answered, promise = max(low, key=lambda each: (each[0] / each[1], each[2].ref))
    share = opening(percent_words(few / answered))
    return f"{share} of groups ({few} of {answered}) saw little or none of {quoted(promise.title)}"


def breakdown_title(scores: Sequence[Score], breakdown: Breakdown) -> str:
    """Say from what to what the scores of groups by kind or income run."""
    shown = [score for score in scores if score.breakdown is breakdown and score.score is not None and not score.few]
    if not shown:
        return "No group can be shown by itself"
    low, high = (choose(shown, key=lambda score: score.score or 0) for choose in (min, max))
    if low.score == high.score:
        return f"All that can be shown stand at {low.score}"
    return (
        f"From {low.score} ({group_label(breakdown, low.group).lower()}) "
        f"to {high.score} ({group_label(breakdown, high.group).lower()})"
    )


def periods_title(history: Sequence[InPeriod]) -> str:
    """Say what groups gave in each review, or which reviews there are."""
    said = [
        f"{each.score.score} in {each.period_ref}"
        for each in history
        if each.score.side is Side.VCFSE and each.score.score is not None and not each.score.few
    ]
    if not said:
        return "No review has a score that can be shown"
    return f"Groups’ {_measure(history)}: {listed(said)}"


def response_title(who: WhoAnswered, breakdown: Breakdown) -> str:
    """Say which groups answered most, and which least."""
    found = [each for each in who.by(breakdown) if each.invited]
    if not found:
        return "Nobody was asked"
    most, least = (choose(found, key=lambda each: each.submitted / each.invited) for choose in (max, min))
    if most.percent == least.percent:
        submitted, invited = (sum(each) for each in zip(*((one.submitted, one.invited) for one in found), strict=True))
        return f"All answered alike: {most.percent} ({submitted} of {invited})"
    return (
        f"{group_label(breakdown, most.group)}: {most.percent} answered ({most.submitted} of {most.invited}). "
        f"{group_label(breakdown, least.group)}: {least.percent} ({least.submitted} of {least.invited})"
    )


def score_subtitle(score: Score | None, *, period: str) -> str:
    """Say a chart's unit, review and number of groups."""
    if score is None or score.answered is None:
        return f"Scores {OUT_OF}, {period}"
    return f"Scores {OUT_OF}, {period}, {from_groups(score)}"


def gap_subtitle(*, period: str, kind: GapKind = GapKind.PERCEPTION_GAP) -> str:
    """Say the unit of a chart of gaps."""
    name = "difference" if kind is GapKind.DIFFERENCE_BETWEEN_SIDES else "gap"
    return f"Scores {OUT_OF}, {period}. The number on each line is the {name} in points"


def from_groups(score: Score) -> str:
    """Say how many groups a score is from: "from 142 of 350 groups"."""
    return f"from {score.answered or 0} of {score.invited} groups"


def _measure(history: Sequence[InPeriod]) -> str:
    practice = all(each.score.measure is Measure.PRACTICE for each in history if each.score.side is Side.VCFSE)
    return "own practice" if practice else "experience"
