"""The actions that an earlier charter planned, read from a file: history, whose outcome no document tells."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated

from pydantic import Field

from charter.catalogue.checks import astray, repeated, unknown_documents
from charter.catalogue.fields import Key, Line, PartialDate, Position, Ref, Text, Title
from charter.catalogue.findings import Finding, named, tables, word
from charter.catalogue.reading import Check, parse_file
from charter.catalogue.schema import Document, Entry, FromWord, Rows, Source
from charter.outcomes_data import PAST_ACTIONS
from db.types import ActionStatus, OrganisationKind

_ONCE = (
    ("documents", ("key",)),
    ("bodies", ("key",)),
    ("plans", ("key",)),
    ("plans", ("position",)),
    ("actions", ("ref",)),
    ("actions", ("plan", "position")),
)


class History(Entry):
    """Which charter planned the actions, and the one status that all of them have."""

    charter: Key
    status: FromWord[ActionStatus]
    note: Text


class PastBody(Entry):
    """Who was to act, by the name of the time. Some are of a kind that no document tells."""

    key: Key
    name: Line
    kind: FromWord[OrganisationKind] | None = None


class Plan(Entry):
    """An action plan of the document. `count` is how many actions it has there, and how many the file must have."""

    key: Key
    title: Title
    position: Position
    count: Position


class PastAction(Entry):
    """One action: what, who, and by when.

    `who` names bodies of the file, and `others` those whom the document does not name. What goes on has no date.
    """

    ref: Ref
    plan: Key
    position: Position
    heading: Title
    details: Text
    who: Rows[Key]
    others: Line | None = None
    by_when: PartialDate | None = None
    ongoing: bool = False
    source: Source


class PastActionsFile(Entry):
    """A whole file of past actions."""

    history: History
    documents: Annotated[Rows[Document], Field(min_length=1)]
    bodies: Rows[PastBody]
    plans: Annotated[Rows[Plan], Field(min_length=1)]
    actions: Annotated[Rows[PastAction], Field(min_length=1)]

    def actors(self, action: PastAction) -> tuple[str, ...]:
        """Give the names of those who were to carry out an action, bodies before those without a name."""
        names = {body.key: body.name for body in self.bodies}
        return (*(names[key] for key in action.who), *([action.others] if action.others is not None else []))


def twice(raw: Mapping[str, object]) -> Iterator[Finding]:
    """Find keys, references and positions that are used twice where each must have its own."""
    return repeated(raw, _ONCE)


def pointing_nowhere(raw: Mapping[str, object]) -> Iterator[Finding]:
    """Find actions of no plan, by no body of the file, or out of no document of it."""
    yield from astray(raw, (("actions", "plan", "plans"),))
    yield from unknown_documents(raw, ("actions",))
    bodies = named(raw, "bodies")
    for index, row in tables(raw, "actions"):
        who = row.get("who")
        if isinstance(who, list) and any(isinstance(key, str) and key not in bodies for key in who):
            yield Finding(("actions", index, "who"), "names one that is not among the bodies of this file")


def wrongly_counted(raw: Mapping[str, object]) -> Iterator[Finding]:
    """Find plans that have more or fewer actions than they say."""
    found = Counter(word(row, "plan") for _, row in tables(raw, "actions"))
    for index, plan in tables(raw, "plans"):
        has, count = found[word(plan, "key")], plan.get("count")
        if isinstance(count, int) and count != has:
            yield Finding(("plans", index, "count"), f"differs from the file, which has {has} actions of this plan")


def incomplete(raw: Mapping[str, object]) -> Iterator[Finding]:
    """Find actions that nobody is to carry out, that have no place in the source, or that do not say by when."""
    for index, row in tables(raw, "actions"):
        source = row.get("source")
        if isinstance(source, dict) and "position" not in source:
            yield Finding(("actions", index, "source", "position"), "is missing; say which row of its table it is")
        if row.get("who") == [] and "others" not in row:
            yield Finding(("actions", index, "who"), "names nobody; name a body, or write others")
        if ("by_when" in row) == (row.get("ongoing") is True):
            yield Finding(("actions", index, "by_when"), "must be a date, unless the action is ongoing")


_CHECKS: tuple[Check, ...] = (twice, pointing_nowhere, wrongly_counted, incomplete)


def parse_past_actions(data: bytes, *, name: str) -> PastActionsFile:
    """Check the bytes of a file of past actions.

    Args:
        data: The file's content, in UTF-8.
        name: What to call the file in mistakes.

    Returns:
        Everything that is in the file.

    Raises:
        CatalogueError: The file is not TOML in UTF-8, or has mistakes: all of them are in the error.
    """
    return parse_file(data, name=name, model=PastActionsFile, checks=_CHECKS)


@cache
def shipped_past_actions() -> PastActionsFile:
    """Read the actions that the Compact of 2006 planned."""
    return parse_past_actions(PAST_ACTIONS.read_bytes(), name=PAST_ACTIONS.name)
