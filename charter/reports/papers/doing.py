"""Actions, recommendations and concerns in papers: who does what by when, what slipped, and what became of it."""

from collections.abc import Iterator, Sequence
from datetime import date

from charter import action_words, clock
from charter.actions.frames import action_table
from charter.actions.told import ActionTold, RecommendationTold
from charter.concerns.words import TOTALS_SAY, totals_table
from charter.reports.contents import Contents
from charter.reports.papers.document import Block, Heading, Paragraph, Table, table_of
from charter.rules.actions import OPEN
from charter.words import ACTION_STATUSES
from db.types import ActionStatus

NO_RECOMMENDATION = "No committee has recommended anything yet."
_WIDTHS = (42, 30, 22, 18, 16)
_EVERY = ("Action", "What it is", "Who, and by when", "Where it stands", "What it came from")
_RECOMMENDED = ("Committee", "What it recommended", "What became of it")


def told_on(contents: Contents) -> date:
    """Give the day for which a release tells of its actions: that of its publication."""
    return clock.local(contents.release.published_at).date()


def late_actions(contents: Contents) -> Iterator[Block]:
    """Tell which actions are overdue, and which are off track without being late yet."""
    on, actions = told_on(contents), contents.actions
    yield Paragraph(action_words.counted_sentence(actions))
    overdue = [each for each in actions if each.overdue]
    yield from table_of(action_table(overdue, on=on), _WIDTHS, title="Overdue")
    slipping = [each for each in actions if each.status is ActionStatus.OFF_TRACK and not each.overdue]
    yield from table_of(action_table(slipping, on=on), _WIDTHS, title="Off track, and not late yet")


def coming_actions(contents: Contents) -> tuple[Table, ...]:
    """Tabulate the open actions that have a date and are not late, what is due first at the top."""
    open_ones = [each for each in contents.actions if each.status in OPEN and not each.overdue]
    dated = [(each.due.last_day(), each) for each in open_ones if each.due is not None]
    ordered = [each for _, each in sorted(dated, key=lambda pair: (pair[0], pair[1].heading))]
    return table_of(action_table(ordered, on=told_on(contents)).drop(columns="Late"), _WIDTHS[:-1])


def every_action(contents: Contents) -> Iterator[Block]:
    """Tell of every action: what it is, who does it by when, where it stands, and what it came from."""
    yield Paragraph(action_words.counted_sentence(contents.actions))
    rows = tuple(_action(each, on=told_on(contents)) for each in contents.actions)
    if rows:
        yield Table(_EVERY, rows, (30, 30, 28, 18, 30))


def recommendations(found: Sequence[RecommendationTold]) -> Iterator[Block]:
    """Tell what committees recommended, each with the actions that came from it."""
    if not found:
        yield Paragraph(NO_RECOMMENDATION)
        return
    yield Table(_RECOMMENDED, tuple(_recommended(each) for each in found), (26, 40, 50))


def concerns(contents: Contents) -> Iterator[Block]:
    """Tell how many concerns were raised in each year; nothing where the release is from before they were counted."""
    if not contents.concerns:
        return
    yield Heading("Concerns")
    yield Paragraph(TOTALS_SAY)
    yield from table_of(totals_table(contents.concerns), (50, 50))


def _action(told: ActionTold, *, on: date) -> tuple[str, ...]:
    late = action_words.late_words(told, on=on)
    stands = ACTION_STATUSES[told.status]
    return (
        told.heading,
        " ".join(each for each in (told.details, told.notes) if each) or "–",
        action_words.line(told),
        f"{stands}, {late}" if late else stands,
        "; ".join(action_words.cause_words(cause) for cause in told.causes) or "–",
    )


def _recommended(told: RecommendationTold) -> tuple[str, ...]:
    became = [action_words.became_sentence(told.actions)]
    became += [f"{each.heading} ({ACTION_STATUSES[each.status]})." for each in told.actions]
    source = f" Source: {told.source}." if told.source else ""
    return f"{told.committee}, {clock.day_in_words(told.made_on)}", f"{told.words}{source}", " ".join(became)
