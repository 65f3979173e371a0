"""What is known of all of England, beside a review's own figures: said in words, and never on their axis."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class OverallQuestion:
    """What groups elsewhere answered to the overall question, with what it rests on.

    Attributes:
        area: where it was asked.
        year: when it was asked.
        percent_positive: whole per cent of those who answered that said “positive” or “very positive”.
        replies: how many answered.
        percent_response: whole per cent of those asked that answered.
        coverage: who was asked.
        survey: the source.
        published_by: who made it.
        published: the year in which it was published.
    """

    area: str
    year: int
    percent_positive: int
    replies: int
    percent_response: int
    coverage: str
    survey: str
    published_by: str
    published: int


@cache
def overall_question() -> OverallQuestion:
    """Read the national figure from its data file."""
    return OverallQuestion(**tomllib.loads(_FILE.read_text(encoding="utf-8"))["overall_question"])


def context_sentences() -> tuple[str, str]:
    """Say the national figure with its coverage and its response, and where it comes from."""
    found = overall_question()
    said = (
        f"In {found.area} in {found.year}, {found.percent_positive}% of the groups that answered the same question "
        f"said “positive” or “very positive”. {found.replies:,} answered, {found.percent_response}% of those asked. "
        f"They were {found.coverage}. "
        "That is another place and another time, so it is no measure of better or worse here."
    )
    return said, f"Source: {found.survey}. {found.published_by}, {found.published}."
