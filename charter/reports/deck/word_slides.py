"""The slides of words: the title, what is asked of those who listen, the sources, and the end with its QR code."""

from charter import missing
from charter.headlines import response_sentence
from charter.reports.contents import Contents
from charter.reports.deck.fitting import first_lines, lines_of, shortened
from charter.reports.deck.slide import Slide
from charter.reports.deck.telling import page_of, published_line
from charter.words import HIDDEN_MARK, listed, marked
from db.types import ReleaseTextKind, SlideKey

QUESTION = "Is the charter keeping its promises?"
CLOSING = "See every figure for yourself"
_MOST_ASKED = 4


def title_slide(contents: Contents, *, address: str) -> Slide:
    """Open: what is asked, of which charter, in which review."""
    release = contents.release
    review = marked(release.period_title, made_up=release.made_up)
    return Slide(
        key=SlideKey.TITLE,
        headline=QUESTION,
        said=(release.charter_title, review, shortened(published_line(contents))),
        notes=(f"These are the published figures of the {review}: {release.charter_title}.",),
        link=page_of(contents, address=address),
    )


def ask_slide(contents: Contents) -> Slide | None:
    """Tell what is asked of those who listen, in the coordinator's published words; None where nothing is asked."""
    asked = lines_of(contents.text(ReleaseTextKind.DECISIONS_ASKED))
    if not asked:
        return None
    return Slide(
        key=SlideKey.ASK,
        headline="What we ask of you",
        said=first_lines(asked, _MOST_ASKED),
        notes=(*asked, *lines_of(contents.text(ReleaseTextKind.WHAT_IT_MEANS))),
    )


def sources_slide(contents: Contents, *, address: str) -> Slide:
    """Tell what the figures rest on, and what is missing from them."""
    who = contents.who
    bodies = [body for body in who.bodies if body.answered]
    hidden = contents.figures.hidden
    said = [
        response_sentence(who.groups) if who.groups is not None else "",
        _answered(len(bodies), len(who.bodies)),
        _hidden(hidden),
        f"How figures are made: {_bare(address)}/method",
        f"All figures as open data: {_bare(address)}/data",
    ]
    return Slide(
        key=SlideKey.SOURCES,
        headline="What these figures rest on",
        said=tuple(each for each in said if each),
        notes=(
            f"Public bodies that answered: {listed([body.name for body in bodies])}." if bodies else "",
            *missing.what_is_missing(contents.figures, who, contents.charters),
        ),
    )


def _answered(bodies: int, asked: int) -> str:
    if not asked:
        return ""
    if not bodies:
        return "No public body answered."
    return f"{bodies} of {asked} public {'body' if asked == 1 else 'bodies'} answered, by name."


def _hidden(count: int) -> str:
    if not count:
        return ""
    scores = "1 score is" if count == 1 else f"{count} scores are"
    return f"{scores} hidden ({HIDDEN_MARK}), so that no group’s answers can be worked out."


def closing_slide(contents: Contents, *, address: str) -> Slide:
    """End: the public page, to be opened by those who listen."""
    return Slide(
        key=SlideKey.CLOSING,
        headline=CLOSING,
        said=(_bare(address), "Point your phone’s camera at the square."),
        notes=(f"The square leads to {page_of(contents, address=address)}.",),
        link=page_of(contents, address=address),
    )


def _bare(address: str) -> str:
    """Give an address as people say it: without what stands before the name."""
    return address.partition("://")[2] or address
