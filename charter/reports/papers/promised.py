"""Promises of public bodies in papers: what was said after a review, and what became of what was said before."""

from collections.abc import Iterator

from charter import promising_words
from charter.headlines import opening
from charter.published.words import PublishedPromise
from charter.reports.contents import Contents
from charter.reports.papers.document import Block, Heading, Paragraph, Table, paragraphs
from charter.words import TEXT_KINDS
from db.types import ReleaseTextKind

_NOW = ("Public body", "You said", "We will", "Action, or why there is none")
_BEFORE = ("Public body", "It said that it will", "Action, or why there is none", "Where it stands")


def promised_now(contents: Contents) -> Iterator[Block]:
    """Say what each public body will do about the promise that groups scored lowest in each theme."""
    period = contents.release.period_title
    rows = tuple(_now(each) for each in contents.promises if each.own)
    if not rows:
        yield Paragraph(f"No public body wrote what it will do after the {period}.")
        return
    yield Paragraph("Each public body answers for the main promise that groups scored lowest in each theme.")
    yield Table(_NOW, rows, (22, 30, 30, 36))


def promised_before(contents: Contents) -> Iterator[Block]:
    """Say what became of what was promised in the review before."""
    before = [each for each in contents.promises if not each.own]
    yield Paragraph(promising_words.kept_sentence(before))
    rows = tuple(
        (
            each.organisation,
            f"{each.we_will} (on “{each.title}”)",
            promising_words.action_words(each),
            promising_words.done_words(each),
        )
        for each in before
    )
    if rows:
        yield Table(_BEFORE, rows, (22, 34, 38, 20))


def replies(contents: Contents) -> Iterator[Block]:
    """Give what public bodies reply to their figures, in their own words; without any, nothing."""
    found = [text for text in contents.who.texts if text.kind is ReleaseTextKind.RIGHT_OF_REPLY]
    if not found:
        return
    yield Heading(TEXT_KINDS[ReleaseTextKind.RIGHT_OF_REPLY], level=2)
    yield Paragraph("Each public body saw its own figures before they were published, and could reply.")
    for text in found:
        yield Heading(text.organisation, level=3)
        yield from paragraphs(text.words)


def _now(each: PublishedPromise) -> tuple[str, ...]:
    said = f"{each.title}. {promising_words.score_said(each)}"
    return each.organisation, said, opening(each.we_will), promising_words.action_words(each)
