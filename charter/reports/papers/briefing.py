"""The Cabinet briefing: two pages with the counts, what they mean, what is off track, and what is to be decided."""

from collections.abc import Iterator
from dataclasses import dataclass

from charter import headlines
from charter.came_of_it import CameOfIt, came_sentences
from charter.missing import what_is_missing
from charter.outcomes import overview
from charter.published import tables
from charter.reports.contents import Contents
from charter.reports.papers.counts import headline_counts
from charter.reports.papers.document import (
    Block,
    Document,
    Heading,
    Items,
    Look,
    Paragraph,
    dates_words,
    items_of,
    paper,
    release_words,
    shortened,
    table_of,
)
from charter.reports.papers.indicators import TRENDS, indicator_table, off_track_table, worst_first
from charter.reports.papers.pdf import measure
from charter.reports.papers.short_titles import with_short_titles
from charter.words import TEXT_KINDS, hidden_note
from db.types import ReleaseTextKind, Side

PAGES = 2
# The end stands so far above the foot of the last page that the same words fit in Word too, whose letters are wider.
_LOWEST_END = 205  # millimetres from the top
_REST = "The annual review has the rest."


@dataclass(frozen=True)
class _Room:
    """How much there is room for: rows, and letters of what people wrote and of what things are called."""

    indicators: int
    off_track: int
    gaps: int
    missing: int
    letters: int
    title: int


# From the most to the least. The last one fits whatever people wrote.
_ROOMS = (
    _Room(indicators=16, off_track=8, gaps=6, missing=9, letters=900, title=200),
    _Room(indicators=12, off_track=6, gaps=5, missing=7, letters=600, title=120),
    _Room(indicators=9, off_track=4, gaps=4, missing=6, letters=400, title=90),
    _Room(indicators=7, off_track=3, gaps=3, missing=5, letters=280, title=70),
    _Room(indicators=5, off_track=3, gaps=3, missing=4, letters=180, title=50),
    _Room(indicators=4, off_track=2, gaps=2, missing=3, letters=120, title=40),
)


def briefing(contents: Contents) -> Document:
    """Make the Cabinet briefing. It holds to two pages: what there is no room for, it says where to find.

    Only a charter with dozens of themes could make even the shortest one longer.
    """
    tried = (paper("Cabinet briefing", contents, tuple(_blocks(contents, room)), dense=True) for room in _ROOMS)
    made = next(tried)
    while not _fits(made) and (shorter := next(tried, None)) is not None:
        made = shorter
    return made


def _fits(made: Document) -> bool:
    length = measure(made)
    return length.pages < PAGES or (length.pages == PAGES and length.down <= _LOWEST_END)


def _blocks(found: Contents, room: _Room) -> Iterator[Block]:
    contents = with_short_titles(found, letters=room.title)
    first, *rest = headlines.headline(contents.figures, contents.who)
    yield Paragraph(first, look=Look.FINDING)
    yield Paragraph(" ".join(rest))
    yield Heading("Headline counts")
    yield headline_counts(contents)
    yield from _what_it_means(contents, room)
    yield from _indicators(contents, room)
    yield from _off_track(contents.came, room)
    yield from _gaps(contents, room)
    yield from _decisions(contents, room)
    yield from _caveats(contents, room)


def _what_it_means(contents: Contents, room: _Room) -> Iterator[Block]:
    yield Heading(TEXT_KINDS[ReleaseTextKind.WHAT_IT_MEANS])
    words = contents.text(ReleaseTextKind.WHAT_IT_MEANS)
    yield Paragraph(
        shortened(words, room.letters) if words.strip() else "Nobody has written yet what these figures mean."
    )


def _indicators(contents: Contents, room: _Room) -> Iterator[Block]:
    found = worst_first(overview.reported(contents.indicators))
    yield Heading("Outcomes")
    yield Paragraph(" ".join(came_sentences(contents.came)))
    yield from indicator_table(found[: room.indicators], letters=room.title)
    left = len(found) - room.indicators
    more = f" {_more(left, 'outcome', 'outcomes')}" if left > 0 else ""
    if found:
        yield Paragraph(f"{TRENDS}{more}", look=Look.NOTE)


def _off_track(came: CameOfIt, room: _Room) -> Iterator[Block]:
    if not came.off_track:
        return
    yield Heading("Off track, and the route to green")
    yield from off_track_table(came.off_track[: room.off_track], title=room.title, letters=room.letters)
    left = len(came.off_track) - room.off_track
    if left > 0:
        yield Paragraph(_more(left, "is off track", "are off track"), look=Look.NOTE)


def _gaps(contents: Contents, room: _Room) -> Iterator[Block]:
    widest = headlines.widest_first(contents.scored, owing=Side.PUBLIC)[: room.gaps]
    if not widest:
        return
    yield Heading("The widest gaps")
    yield from table_of(tables.gap_table(widest), (40, 26, 26, 40))


def _decisions(contents: Contents, room: _Room) -> Iterator[Block]:
    yield Heading(TEXT_KINDS[ReleaseTextKind.DECISIONS_ASKED])
    words = contents.text(ReleaseTextKind.DECISIONS_ASKED)
    asked = items_of(words)
    if not asked:
        yield Paragraph("No decision is asked for.")
    elif sum(len(each) for each in asked) <= 2 * room.letters:
        yield Items(asked, numbered=True)
    else:
        yield Paragraph(f"{shortened(words, 2 * room.letters)} {_REST}")


def _caveats(contents: Contents, room: _Room) -> Iterator[Block]:
    release, who = contents.release, contents.who
    yield Heading("Date, response rate and caveats")
    said = [release_words(release), dates_words(release)]
    if who.groups is not None:
        said.append(headlines.response_sentence(who.groups))
    lacking = [
        shortened(each, 2 * room.title + 60) for each in what_is_missing(contents.figures, who, contents.charters)
    ]
    said += [shortened(each, 2 * room.title + 60) for each in lacking[: room.missing]]
    if len(lacking) > room.missing:
        said.append(f"More is missing. {_REST}")
    if contents.figures.hidden:
        said.append(hidden_note(release.threshold))
    yield Items(tuple(said))


def _more(left: int, one: str, many: str) -> str:
    return f"{left} more {one if left == 1 else many}. {_REST}"
