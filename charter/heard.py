"""Who is heard, and who is not: response against the sector as it is known, and what silence could hide."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from charter.headlines import response_sentence
from charter.published.answers import Response, WhoAnswered
from charter.published.figures import Theme
from charter.published.order import responses_in_order
from charter.rules.shares import percent_words, rate, whole
from charter.words import BREAKDOWNS, group_label
from db.types import Breakdown

SMALL_WARDS = "Other wards, with few groups"


def opening_sentences(who: WhoAnswered) -> tuple[str, ...]:
    """Say how many groups answered, how many of those known were asked, and who was heard less than their share."""
    groups = who.groups
    if groups is None or not groups.invited:
        return ("No group was asked.",)
    return (response_sentence(groups), _coverage(groups), *_less_and_more(who))


def comparison_sentences(who: WhoAnswered) -> tuple[str, ...]:
    """Say what the shares of those that answered are compared with: the sector as far as it is known by name."""
    groups = who.groups
    if groups is None or not groups.invited:
        return ()
    number = "the 1 group" if groups.invited == 1 else f"the {groups.invited} groups"
    return (
        f"The sector as it is known by name is {number} on the list of those that this review asked.",
        _beyond_the_list(groups),
    )


def share_table(who: WhoAnswered, breakdown: Breakdown) -> pd.DataFrame:
    """Tabulate each group's share of those known by name beside its share of those that answered, with the numbers.

    Known by name are those that were asked: of no others are kind, income and ward at hand.
    """
    groups = who.groups
    chosen = responses_in_order(who, breakdown) if groups is not None else []
    asked, answered = (groups.invited, groups.submitted) if groups is not None else (0, 0)
    return pd.DataFrame(
        {
            BREAKDOWNS[breakdown]: [group_label(breakdown, each.group) for each in chosen],
            "Of the groups known by name": [f"{_percent(each.invited, asked)} ({each.invited})" for each in chosen],
            "Of those that answered": [f"{_percent(each.submitted, answered)} ({each.submitted})" for each in chosen],
            "Heard": [_heard(_surplus(each, who)) for each in chosen],
        },
        dtype=str,
    )


def wards_together(who: WhoAnswered, *, threshold: int) -> WhoAnswered:
    """Put wards with few groups together, until those put together reach the threshold too.

    Otherwise the response of a ward with one group would tell whether that group answered (rule 9).

    Args:
        who: who answered in a review.
        threshold: the number below which a ward's groups are few.
    """
    kept = sorted(who.by(Breakdown.WARD), key=lambda each: (-each.invited, each.group))
    small: list[Response] = []
    while kept and (kept[-1].invited < threshold or 0 < sum(each.invited for each in small) < threshold):
        small.append(kept.pop())
    others = (each for each in who.responses if each.breakdown is not Breakdown.WARD)
    return replace(who, responses=(*others, *kept, *_together(small)))


def bounds_frame(themes: Sequence[Theme]) -> pd.DataFrame:
    """Give what `breakdown_dots` draws: each theme's score between the bounds that silence leaves (rule 5)."""
    return pd.DataFrame(
        [
            {
                "group": each.title,
                "score": each.sector.score,
                "low": each.sector.lowest,
                "high": each.sector.highest,
                "n": each.sector.answered,
                "hidden": False,
                "reason": "",
            }
            for each in themes
            if each.sector is not None and each.sector.lowest is not None and each.sector.highest is not None
        ]
    )


def bounds_table(themes: Sequence[Theme]) -> pd.DataFrame:
    """Tabulate the bounds of each theme beside its score."""
    columns = {
        "group": "Theme",
        "low": "If all of them said “not at all”",
        "score": "Score",
        "high": "If all of them said “fully”",
    }
    frame = bounds_frame(themes)
    return frame if frame.empty else frame[list(columns)].rename(columns=columns).astype(str)


def bounds_title(themes: Sequence[Theme]) -> str:
    """Say how far the groups that did not answer could move a theme's score."""
    frame = bounds_frame(themes)
    if frame.empty:
        return "No theme has a score, so nothing can be said of the silent"
    return f"Silence leaves up to {int((frame['high'] - frame['low']).max())} points open"


def _coverage(groups: Response) -> str:
    if not groups.known:
        return "How many groups there are in all is not known, so nobody can say how many were not asked."
    return f"{groups.invited} of the {groups.known} known groups were asked ({_percent(groups.invited, groups.known)})."


def _beyond_the_list(groups: Response) -> str:
    if groups.known is None:
        return "How many groups there are besides is not known."
    more = groups.known - groups.invited
    if more <= 0:
        return "No other groups are known of."
    others = "1 more group is" if more == 1 else f"{more} more groups are"
    return f"{others} known to be there, but not of which kind, income or ward, so the tables leave them out."


def _less_and_more(who: WhoAnswered) -> list[str]:
    found = sorted((whole(_surplus(each, who)), each.group, each) for each in who.by(Breakdown.INCOME))
    if not found or found[0][0] >= 0:
        return []
    said = ["By yearly income, heard less than their share:", "and heard more:"]
    ends = [
        f"{words} {group_label(Breakdown.INCOME, each.group)} ({_parts(each, who)})"
        for words, (_, _, each) in zip(said, (found[0], found[-1]), strict=True)
    ]
    return [f"{', '.join(ends)}."]


def _parts(each: Response, who: WhoAnswered) -> str:
    invited, submitted = (who.groups.invited, who.groups.submitted) if who.groups else (0, 0)
    return f"{_percent(each.invited, invited)} of those asked, {_percent(each.submitted, submitted)} of the answers"


def _surplus(each: Response, who: WhoAnswered) -> float:
    """Give a group's share of those that answered, less its share of those asked, in points."""
    if who.groups is None or not who.groups.submitted:
        return 0.0
    answered, asked = rate(each.submitted, who.groups.submitted), rate(each.invited, who.groups.invited)
    return 100 * ((answered or 0) - (asked or 0))


def _heard(surplus: float) -> str:
    points = whole(surplus)
    if not points:
        return "about its share"
    return f"{abs(points)} {'point' if abs(points) == 1 else 'points'} {'more' if points > 0 else 'less'}"


def _percent(part: int, of: int) -> str:
    found = rate(part, of) if part <= of else 1.0  # a list may have grown past the number that was known
    return "–" if found is None else percent_words(found)


def _together(small: Sequence[Response]) -> list[Response]:
    if not small:
        return []
    invited, submitted = sum(each.invited for each in small), sum(each.submitted for each in small)
    return [replace(small[0], group=SMALL_WARDS, invited=invited, submitted=submitted, known=None)]
