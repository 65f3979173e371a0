"""Who is heard and who is not, in papers: response against the sector as it is known, and what silence could hide."""

from collections.abc import Iterator

from charter import heard
from charter.missing import what_is_missing
from charter.reports.contents import Contents
from charter.reports.papers.document import Block, Heading, Paragraph, figures_of, table_of
from charter.words import listed
from db.types import Breakdown

_BY = (Breakdown.INCOME, Breakdown.KIND, Breakdown.WARD)
_CHARTS = ("response_by_income", "response_by_kind", "response_by_ward")
_SILENCE = (
    "We do not know what the silent groups think. These are the scores if all of them had said “not at all”, and if "
    "all had said “fully”."
)
_SMALL = "Wards with few groups are put together, so that nobody can tell whether one group answered."


def who_is_heard(contents: Contents, *, charts: bool) -> Iterator[Block]:
    """Tell which groups answered less than their share, which bodies' answers are missing, and what silence could hide.

    Args:
        contents: the release.
        charts: whether who answered is drawn too.
    """
    who = contents.who
    first, *rest = heard.opening_sentences(who)
    yield Paragraph(" ".join(rest), lead=first)
    if who.silent:
        yield Paragraph(f"No accepted answers are held of these public bodies: {listed(who.silent)}.")
    yield from _shares(contents)
    if charts:
        yield from figures_of(*(contents.drawing(kind) for kind in _CHARTS))
    yield Heading("If the silent had answered", level=2)
    themes = contents.figures.themes
    title = "" if charts else heard.bounds_title(themes)  # the chart has it
    table = table_of(heard.bounds_table(themes), (34, 30, 16, 30), title=title)
    yield Paragraph(_SILENCE if table else f"{heard.bounds_title(themes)}.")
    if charts:
        yield from figures_of(contents.drawing("bounds"))
    yield from table


def what_is_not_told(contents: Contents) -> tuple[str, ...]:
    """List what is missing from a release."""
    return what_is_missing(contents.figures, contents.who, contents.charters)


def _shares(contents: Contents) -> Iterator[Block]:
    who = heard.wards_together(contents.who, threshold=contents.release.threshold)
    yield Heading("Heard against their share", level=2)
    yield Paragraph(" ".join(heard.comparison_sentences(who)))
    for breakdown in _BY:
        yield from table_of(heard.share_table(who, breakdown), (36, 30, 28, 20))
    if who.by(Breakdown.WARD):
        yield Paragraph(_SMALL)
