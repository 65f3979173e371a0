"""What a preview tells the person who publishes: who answered, what is hidden and why, and what changed."""

from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd

from charter import clock
from charter.early_access import Access
from charter.headlines import change_sentence
from charter.lowest import Lowest
from charter.published.answers import WhoAnswered
from charter.published.figures import Figures, Score, Sides
from charter.published.tables import NONE, gap_table, score_words
from charter.words import FEW_ANSWERS, WITHHELD, group_label, listed, withheld_words
from db.types import Breakdown


def answered_sentences(who: WhoAnswered) -> tuple[str, ...]:
    """Say how many groups answered, and which public bodies do not count because nobody has accepted their answers."""
    said = []
    if who.groups is not None:
        groups = who.groups
        said.append(f"{groups.submitted} of {groups.invited} groups answered ({groups.percent}).")
    if who.silent:
        said.append(
            "These public bodies do not count yet, as their answers were not sent or not accepted: "
            f"{listed(who.silent)}."
        )
    elif who.bodies:
        number = len(who.bodies)
        named = "the one public body" if number == 1 else f"all {number} public bodies"
        said.append(f"The answers of {named} are accepted.")
    return tuple(said)


def hidden_sentences(figures: Figures) -> tuple[str, ...]:
    """Count the scores that have no figure, by the reason."""
    counted = Counter(score.withheld for _, score in _unshown(figures) if score.withheld is not None)
    found = [f"{_scores(number)} no figure: {WITHHELD[reason]}." for reason, number in counted.most_common()]
    few = sum(score.few for _, score in _all(figures))
    if few:
        found.append(f"{_scores(few)} a figure that rests on {FEW_ANSWERS}.")
    return tuple(found) or ("Nothing is hidden.",)


def hidden_table(figures: Figures) -> pd.DataFrame:
    """Tabulate every score of the groups that has no figure, with the reason."""
    rows = [
        (each.title, group_label(score.breakdown, score.group), withheld_words(score.withheld))
        for each, score in _unshown(figures)
        if score.withheld is not None
    ]
    return pd.DataFrame(rows, columns=["Theme or promise", "Groups", "Why it is hidden"], dtype=str)


def changed_sentences(figures: Figures) -> tuple[str, ...]:
    """Say for each theme what changed since the review before."""
    return tuple(f"{theme.title}: {change_sentence(theme.change, of_theme=True)}" for theme in figures.themes)


def theme_table(figures: Figures) -> pd.DataFrame:
    """Tabulate each theme with both sides and the gap."""
    return gap_table(figures.themes, of="Theme")


def promise_table(figures: Figures) -> pd.DataFrame:
    """Tabulate each promise with what groups said of it, what public bodies said, and the gap."""
    return gap_table(figures.promises)


def waiting_sentences(lowest: Sequence[Lowest], replied: Iterable[str]) -> tuple[str, ...]:
    """Say which public bodies have not written what they will do, and which have not replied."""
    bodies = tuple(dict.fromkeys(one.organisation for one in lowest))
    waiting = {
        body: [one.theme_title for one in lowest if one.organisation == body and one.ref and one.promised is None]
        for body in bodies
    }
    said = [
        f"{body} has not said what it will do about {listed(themes)}." for body, themes in waiting.items() if themes
    ]
    silent = [body for body in bodies if body not in set(replied)]
    if not said:
        said.append("Every public body has said what it will do.")
    if silent:
        said.append(f"No reply, which is free to each: {listed(silent)}.")
    return tuple(said)


def lowest_table(lowest: Sequence[Lowest]) -> pd.DataFrame:
    """Tabulate each body's lowest promises, with what it said that it will do."""
    return pd.DataFrame(
        {
            "Public body": [one.organisation for one in lowest],
            "Lowest promise": [_lowest(one) for one in lowest],
            "It will": [one.promised.we_will if one.promised else NONE for one in lowest],
        },
        dtype=str,
    )


def access_words(access: Access) -> str:
    """Say who may see the figures early, until when, and when they first looked."""
    name = f"{access.name}, {access.organisation}" if access.organisation else access.name
    seen = (
        f"first looked on {clock.moment_in_words(access.first_seen_at)}" if access.first_seen_at else "not looked yet"
    )
    if not access.by_link:
        return f"{name}: own figures, {seen}"
    if access.revoked_at is not None:
        return f"{name}: link taken back, {seen}"
    until = f"until {clock.moment_in_words(access.expires_at)}" if access.expires_at else ""
    return f"{name}: {'link good' if access.live else 'link was good'} {until}, {seen}"


def own_score_words(score: Score | None) -> str:
    """Say what groups said of a body's promise, as it would be published."""
    return score_words(score) if score is None or score.score is None else f"{score_words(score)} out of 100"


def _lowest(one: Lowest) -> str:
    if not one.ref:
        return f"{one.theme_title}: no main promise of it has a score that may be shown"
    return f"{one.theme_title}: {one.title} ({one.score} out of 100)"


def _scores(number: int) -> str:
    return "1 score has" if number == 1 else f"{number} scores have"


def _all(figures: Figures) -> list[tuple[Sides, Score]]:
    found: list[Sides] = [*figures.themes, *figures.promises]
    return [(each, score) for each in found for score in (each.sector, *each.groups) if score is not None]


def _unshown(figures: Figures) -> list[tuple[Sides, Score]]:
    return [
        (each, score) for each, score in _all(figures) if score.score is None and score.breakdown is not Breakdown.WARD
    ]
