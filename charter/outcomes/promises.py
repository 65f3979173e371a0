"""What a release says of a promise, in one line beside an indicator that speaks to it."""

from charter.headlines import OUT_OF, opening
from charter.published.figures import Promise
from charter.published.tables import score_words


def promise_line(promise: Promise) -> str:
    """Say what groups gave a promise, and what public bodies gave themselves where both are known."""
    if promise.sector is None:
        return "Groups cannot see this one being kept, so they were not asked."
    if promise.score is None:
        return f"{opening(score_words(promise.sector))}."
    said = f"Groups gave it {promise.score} {OUT_OF}"
    public = promise.gap.public if promise.gap is not None else None
    return f"{said}." if public is None else f"{said}, and public bodies {public}."
