"""Outcomes in the annual review: the counts, each theme as small lines, and each outcome with figures and words."""

from collections.abc import Iterator

from charter.came_of_it import came_sentences
from charter.outcome_words import STORIES
from charter.outcomes import frames, overview, telling
from charter.outcomes.recorded import RecordedIndicator
from charter.reports.contents import Contents
from charter.reports.outcome_drawings import theme_lines
from charter.reports.papers.document import (
    Block,
    Heading,
    Items,
    Look,
    Paragraph,
    figures_of,
    paragraphs,
    table_of,
)
from charter.reports.papers.indicators import TRENDS, indicator_table, off_track_table
from db.types import StoryKind

_SHEET = (
    ("What is counted, and how", "definition"),
    ("Where the figures come from", "source"),
    ("Who or what they cover", "coverage"),
    ("What they do not tell", "limits"),
    ("Why it is worth having", "why"),
)
_WHENCE = {"Who or what is counted": 40, "Source": 40}  # the columns of it, with their widths


def every_outcome(contents: Contents) -> Iterator[Block]:
    """Tell how outcomes stand, what is off track, and then of every outcome."""
    found = overview.reported(contents.indicators)
    yield Heading("Is anyone better off?", new_page=True)
    yield Paragraph(" ".join(came_sentences(contents.came)), look=Look.FINDING)
    if found:
        yield Paragraph(overview.other_counts_sentence(found))
    yield from indicator_table(found)
    if found:
        yield Paragraph(TRENDS, look=Look.NOTE)
    if contents.came.off_track:
        yield Heading("Off track, and the route to green", level=2)
        yield from off_track_table(contents.came.off_track)
    for theme in overview.by_theme(found):
        yield Heading(theme.title, level=2)
        yield from figures_of(theme_lines(theme, dark=False))
        for each in theme.indicators:
            yield from _outcome(each)
    yield from _beside(contents)


def _outcome(found: RecordedIndicator) -> Iterator[Block]:
    yield Heading(found.title, level=3)
    yield Paragraph(" ".join(_sentences(found)))
    yield Paragraph(telling.about_words(found), look=Look.NOTE)
    if found.sheets:
        sheet = found.sheets[0].sheet
        told = ((label, getattr(sheet, name)) for label, name in _SHEET)
        yield Items(tuple(f"{label}: {words}" for label, words in told if words))
    yield from _history(found)
    yield from table_of(frames.revisions_table(found), (22, 24, 24, 22, 30), title="What was put right")
    yield from table_of(frames.ahead_table(found), (22, 26, 16, 40), title="What may come")
    yield from _words(found)


def _history(found: RecordedIndicator) -> Iterator[Block]:
    """Tabulate the values; who is counted and the source are said once where they never changed, here or before."""
    frame = frames.history_table(found)
    same = [column for column in _WHENCE if not frame.empty and frame[column].nunique() == 1]
    before = {words for each in found.sheets[:1] for words in (each.sheet.source, each.sheet.coverage)}
    said = [f"{column}: {frame[column].iloc[0]}" for column in same if frame[column].iloc[0] not in before]
    kept = frame.drop(columns=same)
    widths = [_WHENCE.get(str(column), 26) for column in kept.columns]
    yield from table_of(kept, widths)
    if said:
        yield Paragraph(" · ".join(said), look=Look.NOTE)


def _sentences(found: RecordedIndicator) -> list[str]:
    said = [
        telling.answer_sentence(found),
        telling.travel_sentence(found),
        telling.floor_sentence(found),
        telling.tolerance_words(found),
        telling.baseline_sentence(found),
        *(telling.break_sentence(each) for each in found.breaks),
        telling.forecast_sentence(found),
    ]
    return [each for each in said if each]


def _words(found: RecordedIndicator) -> Iterator[Block]:
    """Give what the owner wrote: what happened, the route to green, and the story behind it."""
    last = telling.latest_of(found)
    if last is not None and last.commentary:
        yield Paragraph(last.commentary, lead="What the owner says.")
    if last is not None and last.route_to_green:
        yield Paragraph(last.route_to_green, lead="The route to green.")
    elif found.stands.route_missing:
        yield Paragraph("It is off track, and nobody has written yet how it gets back on track.")
    told = {each.kind: each.words for each in found.stories}
    for kind in StoryKind:
        if kind in told:
            first, *rest = paragraphs(told[kind]) or (Paragraph(""),)
            yield Paragraph(first.words, lead=f"{STORIES[kind]}.")
            yield from rest


def _beside(contents: Contents) -> Iterator[Block]:
    """Tell what the sources state, and what would be worth having."""
    stated = [each for each in contents.indicators if each.stated and not each.on_agenda]
    table = table_of(overview.stated_table(stated), (40, 20, 40, 40))
    if table:
        yield Heading("What is known from the sources", level=2)
        yield from table
    wanted = table_of(overview.agenda_table(overview.agenda(contents.indicators)), (36, 40, 40))
    if wanted:
        yield Heading("What we would like to know", level=2)
        yield from wanted
