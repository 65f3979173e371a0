"""The annual review: the long report, with every theme, promise, outcome and action, and how figures are made."""

from collections.abc import Iterator, Sequence

from charter import charter_words, gap_sentences, headlines, method, promising_words
from charter.coming import next_sentence
from charter.published import tables
from charter.reports.contents import Contents
from charter.reports.papers import doing, hearing, promised
from charter.reports.papers.counts import headline_counts
from charter.reports.papers.document import (
    Block,
    Document,
    Heading,
    Items,
    Look,
    Paragraph,
    dates_words,
    figures_of,
    items_of,
    paper,
    paragraphs,
    release_words,
    table_of,
)
from charter.reports.papers.outcome_pages import every_outcome
from charter.reports.papers.themes import every_theme
from charter.words import QUESTIONS, TEXT_KINDS, hidden_note
from db.types import Question, ReleaseTextKind

_GAP = (
    "The gap is what those who owe a promise say they did, less what the other side says it saw. “Not clear” means "
    "that it is too small to be sure of."
)
_RANGE = "A likely range says how far chance alone could move a figure."


def annual_review(contents: Contents) -> Document:
    """Make the annual review."""
    told = tuple(_parts(contents))
    return paper("Annual review", contents, (*_opening(contents), *_parts_listed(told), *told))


def _opening(contents: Contents) -> Iterator[Block]:
    first, *rest = headlines.headline(contents.figures, contents.who)
    yield Paragraph(first, look=Look.FINDING)
    yield Paragraph(" ".join(rest))
    yield Paragraph(f"{release_words(contents.release)} {dates_words(contents.release)}")
    yield Paragraph(_RANGE)
    if contents.figures.hidden:
        yield Paragraph(hidden_note(contents.release.threshold))


def _parts_listed(told: Sequence[Block]) -> Iterator[Block]:
    yield Heading("What is in it")
    yield Items(tuple(block.words for block in told if isinstance(block, Heading) and block.level == 1))


def _parts(contents: Contents) -> Iterator[Block]:
    yield from _summary(contents)
    yield from every_theme(contents)
    yield from _gaps(contents)
    yield from every_outcome(contents)
    yield from _doing(contents)
    yield Heading("Who is heard, and who is not", new_page=True)
    yield from hearing.who_is_heard(contents, charts=True)
    yield from _method(contents)


def _summary(contents: Contents) -> Iterator[Block]:
    yield Heading("The year in short")
    yield headline_counts(contents)
    for kind in (ReleaseTextKind.WHAT_IT_MEANS, ReleaseTextKind.DECISIONS_ASKED):
        words = contents.text(kind)
        if words.strip():
            yield Heading(TEXT_KINDS[kind], level=2)
            yield from [Items(items_of(words), numbered=True)] if _is_list(kind) else paragraphs(words)
    yield Heading("What changed most", level=2)
    yield from _changed_most(contents)
    yield Heading("What is missing", level=2)
    yield Items(hearing.what_is_not_told(contents) or ("Nothing.",))


def _changed_most(contents: Contents) -> Iterator[Block]:
    if not any(each.change for each in contents.scored):
        yield Paragraph(headlines.directions_sentence(contents.figures.themes))
        return
    for promise, improved in zip(headlines.movers(contents.scored), (True, False), strict=True):
        change = f" {headlines.change_sentence(promise.change)}" if promise is not None else ""
        yield Paragraph(f"{headlines.mover_sentence(promise, improved=improved)}{change}")


def _is_list(kind: ReleaseTextKind) -> bool:
    return kind is ReleaseTextKind.DECISIONS_ASKED


def _gaps(contents: Contents) -> Iterator[Block]:
    promises, shares = contents.scored, contents.shares
    yield Heading("Where the two sides see it differently", new_page=True)
    said = [headlines.widest_gap_sentence(promises), gap_sentences.agreement_sentence(promises)]
    yield Paragraph(" ".join(each for each in said if each), look=Look.FINDING)
    yield Paragraph(_GAP)
    yield from table_of(tables.gap_table(contents.figures.themes, of="Theme"), (30, 26, 26, 40))
    yield from figures_of(contents.drawing("widest_gaps"), contents.drawing("own_gaps"))
    yield Heading("Do public bodies help groups to succeed?", level=2)
    yield Paragraph(gap_sentences.influence_sentence(shares))
    yield Paragraph(f"The question was: {QUESTIONS[Question.INFLUENCE]}")
    yield from table_of(tables.influence_table(shares), (30, 30, 60))
    yield Heading("How do public bodies work with groups?", level=2)
    yield Paragraph(gap_sentences.engagement_sentence(shares))
    yield from table_of(tables.engagement_table(shares, contents.who), (50, 24, 36))


def _doing(contents: Contents) -> Iterator[Block]:
    yield Heading("You said, we will", new_page=True)
    yield from promised.promised_now(contents)
    yield Heading("In the review before: was it done?", level=2)
    yield from promised.promised_before(contents)
    yield from promised.replies(contents)
    yield Heading("What is being done, by whom and by when")
    yield from doing.every_action(contents)
    yield Heading("What committees recommended, and what became of it")
    yield from doing.recommendations(contents.recommendations)
    yield from doing.concerns(contents)


def _method(contents: Contents) -> Iterator[Block]:
    yield Heading("How figures are made", new_page=True)
    for part in method.parts(threshold=contents.release.threshold):
        yield Heading(part.title, level=2)
        yield from (Paragraph(each) for each in part.paragraphs)
    yield Heading("A worked example", level=2)
    answered, steps = method.worked_example()
    yield Paragraph(" ".join(answered))
    yield from table_of(steps, (40, 46, 24))
    yield Heading("Where it comes from")
    if contents.charters:
        yield from (Paragraph(each) for each in charter_words.lineage_sentences(contents.charters))
    yield Heading("Who saw the figures early", level=2)
    looked = tuple(promising_words.looked_words(each) for each in contents.looked)
    yield Items(looked) if looked else Paragraph("Nobody was shown these figures early, but those who prepared them.")
    yield Heading("When this comes back", level=2)
    yield Paragraph(next_sentence(contents.coming))
