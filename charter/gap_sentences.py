"""Sentences on what the two sides say together, and on the questions after the core."""

from collections.abc import Sequence

from charter.headlines import counted, opening
from charter.published.answers import Share, shares_of
from charter.published.figures import Promise
from charter.words import hidden_words, level_name, listed
from db.types import Agreement, EngagementLevel, GapKind, Question

_SAID: dict[Agreement, str] = {
    Agreement.DISAGREE: "the two sides disagree on {}",
    Agreement.AGREE_GOOD: "both say that {} {} kept well",
    Agreement.AGREE_POOR: "both say that {} {} kept poorly",
    Agreement.MIXED: "{} {} mixed",
}


def agreement_sentence(promises: Sequence[Promise]) -> str:
    """Count what the two sides say together, over the promises whose gap is shown and rests on enough answers."""
    found = [
        promise.gap.agreement
        for promise in promises
        if promise.gap is not None and promise.gap.kind is GapKind.PERCEPTION_GAP and not promise.few
    ]
    shown = [agreement for agreement in found if agreement is not None]
    if not shown:
        return "No promise has answers from both sides that can be shown."
    counts = {agreement: shown.count(agreement) for agreement in _SAID}
    parts = [
        words.format(counted(counts[agreement]), "is" if counts[agreement] == 1 else "are")
        for agreement, words in _SAID.items()
        if counts[agreement]
    ]
    start = "Of the one promise" if len(shown) == 1 else f"Of the {counted(len(shown))} promises"
    return f"{start} that both sides rated, {listed(parts)}."


def influence_sentence(shares: Sequence[Share]) -> str:
    """Say what share of groups call the influence of public bodies positive, or why that is not shown."""
    found = next((share for share in shares_of(shares, Question.INFLUENCE) if share.sums_up), None)
    if found is None:
        return "This review did not ask it."
    if found.percent is None:
        return f"The answer is not shown: {hidden_words(found.withheld)}."
    if found.few:
        return f"Only {found.answered} groups answered, too few for a headline."
    chance = f" By chance alone, it could be {found.low}% to {found.high}%." if found.low is not None else ""
    said = f"{opening(found.percent)} of the {found.answered} groups that answered say “positive” or “very positive”."
    return f"{said}{chance}"


def engagement_sentence(shares: Sequence[Share]) -> str:
    """Say at which level most groups place how public bodies work with them."""
    shown = [share for share in shares_of(shares, Question.ENGAGEMENT_LEVEL) if share.chose is not None]
    if not shown or any(share.few for share in shown):
        return "Too few answers can be shown to name a level."
    most = max(shown, key=lambda share: share.chose or 0)
    name = level_name(EngagementLevel(most.option))
    return f"The level that most groups name is {name}: {most.percent} of the {most.answered} that answered."
