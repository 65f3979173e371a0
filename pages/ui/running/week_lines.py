"""The lines of the coordinator's first page: what waits, how many, and one way to it."""

from collections.abc import Mapping

import streamlit as st

from charter.week import WANTED, Line, Week, WeekLine
from pages.ui.navigation import PLACES
from pages.ui.plain import plain
from pages.ui.responses import filters

_HEADINGS = {
    Line.NOT_ANSWERED: "Not answered yet",
    Line.BOUNCED: "E-mails that came back",
    Line.LINKS_ASKED: "New links asked for",
    Line.TO_REVIEW: "To be reviewed",
    Line.ACTIONS_OVERDUE: "Actions overdue",
    Line.NEXT_DATE: "Next date",
    Line.LAST_BACKUP: "Last backup",
}
# What the button says, and the addresses that it may lead to: the first of those that the site has.
_WAYS: Mapping[Line, tuple[str, tuple[str, ...]]] = {
    Line.NOT_ANSWERED: ("See who", ("responses",)),
    Line.BOUNCED: ("See which", ("responses",)),
    Line.LINKS_ASKED: ("See the links", ("responses",)),
    Line.TO_REVIEW: ("See whose", ("review",)),
    Line.ACTIONS_OVERDUE: ("See the actions", ("actions", "you-said")),
    Line.NEXT_DATE: ("See the dates", ("periods",)),
}
_WAITS = (Line.NOT_ANSWERED, Line.BOUNCED, Line.LINKS_ASKED, Line.TO_REVIEW, Line.ACTIONS_OVERDUE)
_BACKUP = (
    "The person who keeps the site makes backups. Ask them for one before you close or publish a review, and whether "
    "the last one could be read back."
)


def opening(week: Week) -> str:
    """Say in a sentence how much waits."""
    waiting = sum(1 for line in week.lines if line.line in _WAITS and line.count)
    if not waiting:
        return "Nothing waits for you. You can close this page with a good conscience."
    return f"**{waiting} {'thing waits' if waiting == 1 else 'things wait'} for you.**"


def draw(line: WeekLine) -> None:
    """Draw one line: its count, what it says, and its button."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"week_{line.line.value}"):
        said = f"**{_HEADINGS[line.line]}: {_count_words(line)}**  \n{plain(line.words)}"
        st.markdown(said, width="stretch")
        if line.line is Line.LAST_BACKUP:
            with st.popover("What to do"):
                st.markdown(_BACKUP)
            return
        label, addresses = _WAYS[line.line]
        path = _path(addresses)
        if path is not None:
            st.page_link(path, label=label, query_params=_query(line))


def _count_words(line: WeekLine) -> str:
    match line.line:
        case Line.NEXT_DATE:
            return "none" if line.count is None else _days(line.count)
        case Line.LAST_BACKUP:
            return "never" if line.count is None else f"{_days(line.count)} ago"
        case _:
            return str(line.count)


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def _path(addresses: tuple[str, ...]) -> str | None:
    known = {place.url_path: place.path for place in PLACES}
    return next((known[address] for address in addresses if address in known), None)


def _query(line: WeekLine) -> dict[str, str]:
    period = {"period": line.period_ref} if line.period_ref else {}
    match line.line:
        case Line.NOT_ANSWERED | Line.BOUNCED:
            return {**period, "part": "list", **filters.address_of(WANTED[line.line])}
        case Line.TO_REVIEW:
            return {}
        case Line.LINKS_ASKED:
            return {**period, "part": "reminders"}
        case _:
            return period
