"""The method in plain words. Every number in it comes from the rules themselves, so that the two cannot part."""

from dataclasses import dataclass

import pandas as pd

from charter.rules.disclosure import THRESHOLD
from charter.rules.gaps import CLEAR_GAP, GOOD, POOR
from charter.rules.scoring import (
    HIGHEST_LEVEL,
    POINTS,
    CommitmentAnswers,
    bounds,
    interval_parts,
    share_high,
)
from charter.rules.shares import percent_words, whole
from charter.rules.trends import ENOUGH, ENOUGH_RESPONSE, MOSTLY
from charter.words import HIDDEN_MARK, LEVELS, listed

_LOWEST, _HIGHEST = LEVELS[0], LEVELS[HIGHEST_LEVEL]
_EXAMPLE_LEVELS = (1, 3, 4, 5, 2)  # how many gave each level, in the published worked example
_EXAMPLE_INVITED, _EXAMPLE_APART, _EXAMPLE_DONT_KNOW = 40, 2, 3


@dataclass(frozen=True)
class Part:
    """A part of the method: its title, and what it says, a sentence or more a paragraph."""

    title: str
    paragraphs: tuple[str, ...]


def parts(*, threshold: int = THRESHOLD) -> tuple[Part, ...]:
    """Give the method, part by part.

    Args:
        threshold: how many groups must have answered for a figure to be shown, as the release promised it.
    """
    return (*_asking(), *_making(), _overall(), *_comparing(), _hiding(threshold), _limits())


def worked_example() -> tuple[tuple[str, ...], pd.DataFrame]:
    """Work the published example through the rules.

    Returns:
        What was answered, in sentences, and the steps as a table of text.
    """
    answers = _example()
    found, ends, high = interval_parts([answers]), bounds([answers]), share_high(answers)
    if found is None or ends is None or high is None:
        raise RuntimeError("The worked example has answers, and the rules give it no figures.")
    total = sum(answers.levels.values())
    apart = f"For {answers.does_not_apply} it does not apply, {answers.dont_know} did not know"
    counts = listed([f"{count} said “{LEVELS[level]}”" for level, count in enumerate(_EXAMPLE_LEVELS)])
    said = (
        f"{answers.invited} groups were asked about one promise. {counts}.",
        f"{apart}, and {answers.no_answer} did not answer.",
    )
    silent = f"If the {answers.no_answer} had all said “{_LOWEST}”, or all “{_HIGHEST}”"
    counted = answers.answered + answers.no_answer
    most = total + HIGHEST_LEVEL * answers.no_answer
    steps = [
        ("Score", f"{POINTS} × {total} ÷ {answers.answered}", f"{found.score:.2f}, so {whole(found.score)}"),
        ("Mostly or fully", f"{sum(_EXAMPLE_LEVELS[3:])} of {answers.answered}", percent_words(high)),
        (
            "Share with a level",
            f"{answers.answered} ÷ ({answers.invited} − {answers.does_not_apply})",
            f"{found.fraction:.4f}",
        ),
        ("Spread, V", "from the levels, the share and the number of groups", f"{found.variance:.5f}"),
        ("Student’s t", f"for {found.organisations} groups", f"{found.t:.4f}"),
        ("Likely range", f"score ± {POINTS} × t × √V", f"{whole(found.low)} to {whole(found.high)}"),
        (
            silent,
            f"{POINTS} × {total} ÷ {counted}, {POINTS} × {most} ÷ {counted}",
            f"{whole(ends.low)} to {whole(ends.high)}",
        ),
    ]
    return said, pd.DataFrame(steps, columns=["Step", "Sum", "Result"], dtype=str)


def _example() -> CommitmentAnswers:
    levels = [level for level, count in enumerate(_EXAMPLE_LEVELS) for _ in range(count)]
    return CommitmentAnswers(
        invited=_EXAMPLE_INVITED,
        levels=dict(enumerate(levels)),
        does_not_apply=_EXAMPLE_APART,
        dont_know=_EXAMPLE_DONT_KNOW,
    )


def _asking() -> tuple[Part, ...]:
    return (
        _part(
            "Who is asked what",
            """
            A promise has two sides. Those who owe it rate their practice: how far did we do this? The other side
            rates its experience: how far did we see this?

            Where all partners owe a promise, each rates its own practice. Then there is a difference between the
            sides, and it is never called a gap.
            """,
        ),
        _part(
            "From answers to a score",
            f"""
            Each answer is a level from 0 ({_LOWEST}) to {HIGHEST_LEVEL} ({_HIGHEST}). The score is the average level
            times {POINTS}, so it runs from 0 to {POINTS * HIGHEST_LEVEL}. Every group counts once.

            “Does not apply” and “don’t know” are counted, but they are in no score. Nobody asked, or nobody answered,
            is “no data”, and never 0.

            A score takes the steps between levels as equal. That is our choice, so the share that said “mostly” or
            “fully” stands beside it.
            """,
        ),
    )


def _making() -> tuple[Part, ...]:
    return (
        _part(
            "A theme’s score",
            """
            It is the plain average of its main promises that can be shown. It needs at least three of them, and three
            quarters of those that were asked.

            What groups saw comes first. What public bodies say of themselves stands beside it. The two are never
            mixed.
            """,
        ),
        _part(
            "The likely range",
            """
            Not every group answers. If another set of groups had answered, the score would be a little different. The
            range says how far chance alone could move it. A range made in this way holds the score that all groups
            together would give 95 times in 100.

            It speaks of chance and of nothing else. It takes those who answered as if they had been drawn by lot. If
            the groups that stayed silent think otherwise, the range does not know.
            """,
        ),
        _part(
            "If the silent had spoken",
            f"""
            Two limits show what silence could hide: the score if all who did not answer had said “{_LOWEST}”, and the
            score if they had all said “{_HIGHEST}”.
            """,
        ),
    )


def _comparing() -> tuple[Part, ...]:
    return (
        _part(
            "Public bodies",
            """
            They answer by name, and each answer is shown as it was given. There is no range, as all of them are
            asked. Their average is made for the gap alone. One that did not answer is named.
            """,
        ),
        _part(
            "The gap",
            f"""
            The gap is what those who owe a promise say, less what the other side saw. Gaps in public bodies’ promises
            and in groups’ promises are kept apart.

            A gap is clear if chance alone cannot explain it and it is at least {CLEAR_GAP} points. Then the sides
            disagree. If it is not clear and both sides are at {GOOD} or more, they agree that the promise is kept
            well. If both are under {POOR}, they agree that it is kept poorly. All else is mixed.

            Each figure is rounded by itself, so a gap may differ by 1 from the two scores beside it.
            """,
        ),
        _part(
            "Better or worse",
            f"""
            Two reviews are compared only for groups that answered both times, and for promises that mean the same. At
            least {ENOUGH} groups have to have answered both times. If only a few answered one time only, the change is
            hidden: it would tell what those few said.

            It is better or worse only if chance alone cannot explain the change. Picked from a list of many, a change
            has to be surer still: 99 times in 100. Else there is no clear change.

            If more than {percent_words(MOSTLY)} of the answers were kept from the last time, the page says so.

            With fewer than {ENOUGH} groups, or under {percent_words(ENOUGH_RESPONSE)} of those asked, a figure is
            marked “few answers”. It gets no direction, no place in an order, and no headline.
            """,
        ),
    )


def _overall() -> Part:
    return _part(
        "The overall question",
        """
        Each group is asked once how public bodies influence its success. The figure is the share that says
        “positive” or “very positive”, of all that chose one of the five answers. Its likely range is made by
        Wilson’s rule, and gets smaller the more of the groups have answered.

        What was found in all of England stands beside it in words. It is about other groups at another time, so
        the two are never drawn together.
        """,
    )


def _hiding(threshold: int) -> Part:
    return _part(
        "What is hidden, and why",
        f"""
        {HIDDEN_MARK} marks a hidden figure. It is hidden if fewer than {threshold} groups answered, or if all of them,
        or all but one, gave the same answer.

        Groups are shown by kind and by yearly income, and never by both at once. If a hidden figure could be worked
        out from the others, more are hidden, until it cannot.

        Nobody but the group itself and the coordinator, who runs the review, sees what a group answered.
        """,
    )


def _limits() -> Part:
    return _part(
        "What holds for all figures",
        """
        Nothing is guessed or filled in. All that is published is in whole points and whole per cent.

        A published figure never changes. If one was wrong, all figures are published anew, as a new release, with the
        reason. The old release can still be read.
        """,
    )


def _part(title: str, text: str) -> Part:
    """Make a part of the method from text whose paragraphs stand apart by an empty line."""
    return Part(title, tuple(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")))
