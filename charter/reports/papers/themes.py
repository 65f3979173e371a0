"""A theme in the annual review: its answer, its charts, and every promise with all its figures."""

from collections.abc import Iterator, Sequence

from charter import headlines
from charter.published import tables
from charter.published.figures import Promise, Sides, Theme
from charter.published.order import in_order
from charter.reports.contents import Contents
from charter.reports.papers.document import Block, Heading, Look, Paragraph, Table, figures_of, table_of
from charter.words import BREAKDOWNS, OWED_BY, group_label, listed
from db.types import Breakdown, Measure, OwedBy

NOT_SEEN = "not asked: groups cannot see it"
_TOGETHER = (
    "All partners owe these principles, so each side rates its own practice. They stand beside the themes and are in "
    "no theme’s score."
)
_ASKED = ("Promise", "Who owes it", "What its owners were asked", "What the other side was asked")


def every_theme(contents: Contents) -> Iterator[Block]:
    """Tell of each theme on pages of its own, and then of the promises that all partners owe."""
    for theme in contents.figures.themes:
        yield Heading(theme.title, new_page=True)
        yield from _theme(contents, theme)
    if contents.figures.together:
        yield Heading("How we work together", new_page=True)
        yield Paragraph(_TOGETHER)
        yield from figures_of(contents.drawing("together"))
        yield from _promises(contents, contents.figures.together)


def _theme(contents: Contents, theme: Theme) -> Iterator[Block]:
    first, *rest = headlines.theme_answer(theme)
    yield Paragraph(first, look=Look.FINDING)
    changed = [headlines.change_sentence(theme.change, of_theme=True)] if theme.change is not None else []
    yield Paragraph(" ".join([*rest, *changed]))
    if theme.own_gap is not None:
        yield Paragraph(f"What groups themselves owe: {headlines.gap_words(theme.own_gap)}.")
    if len({each.period_ref for each in theme.history}) > 1:
        yield from figures_of(contents.drawing("over_periods", theme.ref))
    yield from table_of(tables.history_table(theme.history), (30, 40, 40), title="The theme over the reviews")
    for breakdown in (Breakdown.KIND, Breakdown.INCOME):
        title = f"The theme by {headlines.inside(BREAKDOWNS[breakdown])}"
        yield from table_of(tables.group_table(theme.groups, breakdown), (40, 40, 30), title=title)
    yield from figures_of(contents.drawing("ranked", theme.ref), contents.drawing("spread", theme.ref))
    yield from _promises(contents, theme.promises)


def _promises(contents: Contents, promises: Sequence[Promise]) -> Iterator[Block]:
    yield Heading("What each promise asks", level=2)
    yield Table(_ASKED, tuple(_asked(contents, each) for each in promises), (30, 22, 36, 36))
    yield Heading("What groups said, and what public bodies said", level=2)
    yield from table_of(tables.score_table(promises), (42, 30, 24, 30))
    yield from table_of(tables.level_table(promises), (36, 54, 22), title="How groups’ answers are spread")
    yield from table_of(tables.gap_table(promises), (40, 26, 26, 40), title="Where the two sides differ")
    yield from _changes(promises)
    yield from _bodies(contents, promises)
    for breakdown in (Breakdown.KIND, Breakdown.INCOME):
        yield from _by_group(promises, breakdown)


def _asked(contents: Contents, promise: Promise) -> tuple[str, ...]:
    asked = promise.asked
    owing = [each.name for each in contents.answers if each.ref == promise.ref and each.measure is Measure.PRACTICE]
    named = listed(owing) if asked.owed_by is OwedBy.NAMED_BODIES and owing else OWED_BY[asked.owed_by]
    other = asked.experience_question or NOT_SEEN
    if asked.owed_by is OwedBy.ALL_PARTNERS:
        other = "each side rates its own practice"
    return f"{asked.ref}: {asked.title}", named, asked.practice_question, other


def _changes(promises: Sequence[Promise]) -> Iterator[Block]:
    """Tell what changed of each promise; nothing where none was asked before."""
    rows = tuple((each.title, headlines.change_sentence(each.change)) for each in promises if each.change is not None)
    if rows:
        yield Table(("Promise", "Since the review before"), rows, (34, 76), title="What changed")


def _bodies(contents: Contents, promises: Sequence[Promise]) -> Iterator[Block]:
    """Give each public body's answer to each promise, by name."""
    rows = []
    for promise in promises:
        frame = tables.body_table([each for each in contents.answers if each.ref == promise.ref])
        rows += [(promise.title, *(str(cell) for cell in row)) for row in frame.itertuples(index=False)]
    if rows:
        yield Table(
            ("Promise", "Public body", "Its answer"), tuple(rows), (44, 40, 26), title="Each public body’s answer"
        )


def _by_group(found: Sequence[Sides], breakdown: Breakdown) -> Iterator[Block]:
    """Set what groups of each kind, or income, said of each promise side by side."""
    scores = in_order(score for each in found for score in each.groups if score.breakdown is breakdown)
    codes = tuple(dict.fromkeys(score.group for score in scores))
    rows = []
    for each in found:
        said = {score.group: score for score in each.groups if score.breakdown is breakdown}
        if said:
            rows.append((each.title, *(tables.with_range(said.get(code)) for code in codes)))
    if rows:
        columns = ("Promise", *(group_label(breakdown, code) for code in codes))
        title = f"By {headlines.inside(BREAKDOWNS[breakdown])}: score (likely range)"
        yield Table(columns, tuple(rows), (30, *(20 for _ in codes)), title=title)
