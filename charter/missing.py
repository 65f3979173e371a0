"""What a release does not tell, said aloud: hidden figures, silent bodies, themes without a score, texts not held."""

from collections.abc import Sequence

from charter.charters import CharterFound
from charter.headlines import why_no_theme_score
from charter.published.answers import WhoAnswered
from charter.published.figures import Figures
from charter.words import HIDDEN_MARK, listed


def what_is_missing(figures: Figures, who: WhoAnswered, charters: Sequence[CharterFound]) -> tuple[str, ...]:
    """List what is missing from a release, each in a sentence or two."""
    return (
        *_groups(who),
        *_bodies(who),
        *(
            f"{theme.title} has no score: {why_no_theme_score(theme)}."
            for theme in figures.themes
            if theme.score is None
        ),
        *_few(figures),
        *_hidden(figures),
        *(f"{charter.title}: {charter.not_held}" for charter in charters if charter.not_held),
    )


def _groups(who: WhoAnswered) -> list[str]:
    found = who.groups
    if found is None or found.submitted == found.invited:
        return []
    silent = found.invited - found.submitted
    said = [f"{silent} {_many(silent, 'group', 'groups')} did not answer. We do not know what they would have said."]
    if found.known is not None and found.known > found.invited:
        unasked = found.known - found.invited
        was = _many(unasked, "was", "were")
        said.append(f"{unasked} of the {found.known} groups that are known {was} not asked.")
    return said


def _bodies(who: WhoAnswered) -> list[str]:
    if not who.bodies:
        return ["No public body was asked."]
    if not who.silent:
        return []
    # A release knows whose answers counted, and not whether the others sent theirs: nobody is said to be silent.
    named = f"No accepted answers are held of these public bodies: {listed(who.silent)}."
    return [f"{named} They were not sent, or not accepted in time."]


def _few(figures: Figures) -> list[str]:
    few = [each.title for each in (*figures.themes, *figures.promises) if each.few and each.score is not None]
    if not few:
        return []
    rest, have = _many(len(few), "score rests", "scores rest"), _many(len(few), "has", "have")
    return [f"{len(few)} {rest} on few answers and {have} no place in an order."]


def _hidden(figures: Figures) -> list[str]:
    if not figures.hidden:
        return []
    scores = _many(figures.hidden, "score is", "scores are")
    said = f"{figures.hidden} {scores} hidden ({HIDDEN_MARK})."
    return [f"{said} Without that, someone could work out what a few groups answered."]


def _many(number: int, one: str, more: str) -> str:
    return one if number == 1 else more
