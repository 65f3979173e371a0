"""The slides of a release, in the order of a deck that nobody has arranged."""

from dataclasses import replace

from charter.reports.contents import Contents
from charter.reports.deck.figure_slides import answered_slide, changed_slide, gap_slide, themes_slide
from charter.reports.deck.outcome_slides import outcomes_slide, you_said_slide
from charter.reports.deck.slide import Slide
from charter.reports.deck.telling import page_of, source_line, source_note
from charter.reports.deck.word_slides import ask_slide, closing_slide, sources_slide, title_slide
from db.types import SlideKey

# The public page that tells more of what a slide tells.
_PAGES = {
    SlideKey.GAP: "gap",
    SlideKey.ANSWERED: "who-is-heard",
    SlideKey.OUTCOMES: "outcomes",
    SlideKey.YOU_SAID: "you-said",
    SlideKey.SOURCES: "method",
}


def make_slides(contents: Contents, *, address: str) -> tuple[Slide, ...]:
    """Make every slide that a release has something for, each with its figures, its notes and its source.

    Args:
        contents: the release.
        address: where people reach the site, without a slash at its end: QR codes and notes lead there.

    Returns:
        The slides in their own order. Where nothing is asked of anybody, there is no slide that asks; the others say
        so plainly where a release has nothing for them.
    """
    made = (
        title_slide(contents, address=address),
        themes_slide(contents),
        changed_slide(contents),
        gap_slide(contents),
        answered_slide(contents),
        outcomes_slide(contents),
        you_said_slide(contents),
        ask_slide(contents),
        sources_slide(contents, address=address),
        closing_slide(contents, address=address),
    )
    return tuple(_sourced(slide, contents, address=address) for slide in made if slide is not None)


def _sourced(slide: Slide, contents: Contents, *, address: str) -> Slide:
    page = page_of(contents, address=address, page=_PAGES.get(slide.key, ""))
    notes = tuple(note for note in slide.notes if note)
    return replace(slide, source=source_line(contents), notes=(*notes, source_note(contents, page=page)))
