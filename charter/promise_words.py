"""What is told of a promise: who owes it and since when, where it comes from, and what is our reading of it."""

from charter import clock
from charter.commitments import CommitmentFound, Owing, Wording
from charter.published.figures import Asked
from charter.words import CONTINUITIES, MEANINGS, OWED_BY
from db.types import Measure, OwedBy


def place_words(found: CommitmentFound) -> str:
    """Say where in its charter a promise stands: "ENG-DIA-1 · Engagement · Dialogue"."""
    main = ["a main promise, asked of everyone"] if found.newest.core else []
    return " · ".join([found.ref, found.theme_title, found.strand_title, *main])


def owed_words(found: CommitmentFound) -> tuple[str, ...]:
    """Say who owes a promise: each body by name with the day, or all of a side."""
    if found.newest.owed_by is not OwedBy.NAMED_BODIES:
        return (f"It is owed by {OWED_BY[found.newest.owed_by]}.",)
    return tuple(_owing_words(body) for body in found.owing)


def _owing_words(body: Owing) -> str:
    until = "" if body.left_on is None else f", until it left the charter on {clock.day_in_words(body.left_on)}"
    return f"{body.name}, since {clock.day_in_words(body.since)}{until}"


def kept_words(found: CommitmentFound) -> str:
    """Say whether a promise is kept up for good or done once, and whether groups can see it."""
    said = f"It is {CONTINUITIES[found.continuity]}"
    if found.done_on is not None:
        said += f" (on {clock.day_in_words(found.done_on)})"
    if found.newest.owed_by is OwedBy.ALL_PARTNERS:
        return f"{said}."
    seen = "so that side is asked too" if found.newest.seen_by_sector else "so only those who owe it are asked"
    return f"{said}. The other side {'can' if found.newest.seen_by_sector else 'cannot'} see it, {seen}."


def source_sentence(wording: Wording) -> str:
    """Say where a wording comes from: document, section, and its place in that section's list."""
    place = "" if wording.source_position is None else f", number {wording.source_position} in its list"
    note = f" {wording.source_note}" if wording.source_note else ""
    return f"{wording.source_document}, “{wording.source_section}”{place}.{note}"


def readings(found: CommitmentFound) -> tuple[str, ...]:
    """Give what is our own reading of a promise, and not its source's."""
    wording = found.newest
    said = []
    if found.theme_reading:
        said.append(f"It comes closest to the theme {found.theme_reading}.")
    if wording.reading_note:
        said.append(wording.reading_note)
    if wording.successor_reading:
        said.append(f"In a later charter, {wording.successor_reading} follows it.")
    elif found.successor_note:
        said.append(found.successor_note)
    return tuple(said)


def questions(wording: Wording | Asked, *, all_owe: bool) -> tuple[tuple[Measure, str], ...]:
    """Give the questions that are asked about a promise, with what each rates."""
    practice = (Measure.PRACTICE, wording.practice_question)
    if all_owe or not wording.experience_question:
        return (practice,)
    return (practice, (Measure.EXPERIENCE, wording.experience_question))


def versions(found: CommitmentFound) -> tuple[str, ...]:
    """Tell the earlier wordings, the newest first, with what each later one did to the meaning."""
    pairs = zip(found.wordings, found.wordings[1:], strict=False)
    return tuple(
        f"Version {older.number}: “{older.title}”. {older.summary} Then {MEANINGS[newer.meaning]}, "
        f"as said by {newer.meaning_said_by}."
        for newer, older in pairs
    )
