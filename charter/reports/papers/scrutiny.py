"""The scrutiny paper: what was promised, what slipped, what was recommended, who is not heard, and what is next."""

from collections.abc import Iterator

from charter import action_words, headlines, heard, promising_words
from charter.came_of_it import off_track_words
from charter.coming import next_sentence
from charter.published.figures import Promise
from charter.reports.contents import Contents
from charter.reports.papers import doing, hearing, promised
from charter.reports.papers.document import (
    Block,
    Document,
    Heading,
    Items,
    Look,
    Paragraph,
    dates_words,
    paper,
    release_words,
)
from charter.reports.papers.indicators import off_track_table
from charter.words import hidden_note
from db.types import Direction


def scrutiny_paper(contents: Contents) -> Document:
    """Make the paper for the scrutiny committee."""
    return paper("Scrutiny paper", contents, tuple(_blocks(contents)))


def _blocks(contents: Contents) -> Iterator[Block]:
    yield from _summary(contents)
    yield Heading("What was promised")
    yield Heading(f"After the {contents.release.period_title}", level=2)
    yield from promised.promised_now(contents)
    yield Heading("In the review before: was it done?", level=2)
    yield from promised.promised_before(contents)
    yield from _slipped(contents)
    yield Heading("What committees recommended, and what became of it")
    yield from doing.recommendations(contents.recommendations)
    yield Heading("Who is not heard")
    yield from hearing.who_is_heard(contents, charts=False)
    yield from doing.concerns(contents)
    yield from _coming(contents)
    yield from _caveats(contents)


def _summary(contents: Contents) -> Iterator[Block]:
    before = [each for each in contents.promises if not each.own]
    yield Paragraph(promising_words.kept_sentence(before), look=Look.FINDING)
    said = [
        action_words.counted_sentence(contents.actions),
        contents.came.counted,
        off_track_words(contents.came),
        heard.opening_sentences(contents.who)[0],
        next_sentence(contents.coming),
    ]
    yield Items(tuple(each for each in said if each))


def _slipped(contents: Contents) -> Iterator[Block]:
    yield Heading("What slipped")
    yield Heading("Actions", level=2)
    yield from doing.late_actions(contents)
    yield Heading("Outcomes", level=2)
    off = off_track_table(contents.came.off_track)
    yield from off or (Paragraph(_none_off(contents)),)
    yield Heading("Promises that groups say are kept worse", level=2)
    worse = [each for each in contents.figures.promises if _is_worse(each)]
    if not any(each.change for each in contents.figures.promises):
        yield Paragraph(headlines.directions_sentence(contents.figures.themes))
    elif worse:
        yield Items(tuple(f"{each.title}: {headlines.change_sentence(each.change)}" for each in worse))
    else:
        yield Paragraph(headlines.mover_sentence(None, improved=False))


def _none_off(contents: Contents) -> str:
    return f"{contents.came.counted} {off_track_words(contents.came)}".strip()


def _is_worse(promise: Promise) -> bool:
    change = promise.change
    return change is not None and not promise.few and change.listed_direction is Direction.WORSE


def _coming(contents: Contents) -> Iterator[Block]:
    yield Heading("When this comes back")
    yield Paragraph(next_sentence(contents.coming))
    due = doing.coming_actions(contents)
    yield Paragraph("These actions are due next." if due else "No open action has a date that is still to come.")
    yield from due


def _caveats(contents: Contents) -> Iterator[Block]:
    yield Heading("What to bear in mind")
    release = contents.release
    said = [release_words(release), dates_words(release)]
    said += hearing.what_is_not_told(contents)
    if contents.figures.hidden:
        said.append(hidden_note(release.threshold))
    yield Items(tuple(said))
