"""What a file's tables must be together: each thing once, pointing at what is there, a charter fit for its state.

These run on the tables as the file has them, so that they report beside the mistakes of shape, not after them.
"""

from collections.abc import Iterable, Iterator, Mapping

from charter.catalogue.findings import Finding, named, rows
from db.types import CharterState

Raw = Mapping[str, object]

_ONCE = (
    ("documents", ("key",)),
    ("bodies", ("key",)),
    ("themes", ("key",)),
    ("themes", ("position",)),
    ("strands", ("key",)),
    ("strands", ("theme", "position")),
    ("levels", ("value",)),
    ("commitments", ("ref",)),
    ("commitments", ("strand", "position")),
    ("statements", ("kind", "position")),
    ("milestones", ("position",)),
)
_POINTS = (
    ("strands", "theme", "themes"),
    ("commitments", "theme", "themes"),
    ("commitments", "strand", "strands"),
    ("statements", "theme", "themes"),
    ("statements", "strand", "strands"),
)
_CITING = ("commitments", "statements", "milestones")
_OF_ASSESSED = ("themes", "strands", "levels", "commitments")


def twice(raw: Raw) -> Iterator[Finding]:
    """Find keys, references and positions of a charter file that are used twice where each must have its own."""
    return repeated(raw, _ONCE)


def repeated(raw: Raw, once: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[Finding]:
    """Find rows that carry the same values as an earlier one.

    Args:
        raw: the file's tables.
        once: sections, each with the fields whose values together must be a row's own.
    """
    for section, fields in once:
        seen = set()
        for index, row in enumerate(rows(raw, section)):
            values = tuple(row.get(field) for field in fields) if isinstance(row, dict) else ()
            if not values or not all(isinstance(value, str | int) for value in values):
                continue
            if values in seen:
                yield Finding((section, index, fields[-1]), "is used twice; each needs its own")
            seen.add(values)


def pointing_nowhere(raw: Raw) -> Iterator[Finding]:
    """Find rows of a charter file that name a theme, a strand or a document that the file does not have."""
    yield from astray(raw, _POINTS)
    yield from unknown_documents(raw, _CITING)


def astray(raw: Raw, points: Iterable[tuple[str, str, str]]) -> Iterator[Finding]:
    """Find rows that name a row which another section does not have.

    Args:
        raw: the file's tables.
        points: sections, each with the field that names and the section that it names a row of.
    """
    for section, field, target in points:
        known = named(raw, target)
        for index, row in enumerate(rows(raw, section)):
            value = row.get(field) if isinstance(row, dict) else None
            if known and isinstance(value, str) and value not in known:
                yield Finding((section, index, field), f"names one that is not among the {target} of this file")


def unknown_documents(raw: Raw, citing: Iterable[str]) -> Iterator[Finding]:
    """Find rows of the citing sections whose source is in a document that the file does not have."""
    documents = named(raw, "documents")
    for section in citing:
        for index, row in enumerate(rows(raw, section)):
            source = row.get("source") if isinstance(row, dict) else None
            value = source.get("document") if isinstance(source, dict) else None
            if documents and isinstance(value, str) and value not in documents:
                reason = "names one that is not among the documents of this file"
                yield Finding((section, index, "source", "document"), reason)


def in_another_theme(raw: Raw) -> Iterator[Finding]:
    """Find rows whose strand belongs to another theme than their own."""
    themes = {
        row["key"]: row.get("theme")
        for row in rows(raw, "strands")
        if isinstance(row, dict) and isinstance(row.get("key"), str)
    }
    for section in ("commitments", "statements"):
        for index, row in enumerate(rows(raw, section)):
            strand = row.get("strand") if isinstance(row, dict) else None
            if (
                isinstance(row, dict)
                and isinstance(strand, str)
                and themes.get(strand, row.get("theme")) != row.get("theme")
            ):
                yield Finding((section, index, "strand"), "belongs to another theme than the one given here")


def unfit_for_state(raw: Raw) -> Iterator[Finding]:
    """Find what a charter that is assessed lacks, and what one that is only a record may not have."""
    charter = raw.get("charter")
    state = charter.get("state") if isinstance(charter, dict) else None
    if not isinstance(charter, dict) or state not in set(CharterState):
        return
    assessed = state == CharterState.ASSESSED
    for section in _OF_ASSESSED:
        if assessed and not raw.get(section):
            yield Finding((section,), "is missing; a charter that is assessed needs it")
        if not assessed and section in raw:
            yield Finding((section,), "may not be here; a charter kept as a record has none")
    if assessed and "not_held" in charter:
        yield Finding(("charter", "not_held"), "may not be here; what is assessed has its text held")
    if assessed and rows(raw, "levels"):
        values = [row.get("value") for row in rows(raw, "levels") if isinstance(row, dict)]
        if values != [0, 1, 2, 3, 4]:
            yield Finding(("levels",), "must be the five levels with the values 0, 1, 2, 3 and 4, in that order")


def in_a_wrong_order(raw: Raw) -> Iterator[Finding]:
    """Find a charter that ends before it begins, or that follows itself."""
    charter = raw.get("charter")
    if not isinstance(charter, dict):
        return
    first, last = charter.get("years_from"), charter.get("years_to")
    if isinstance(first, int) and isinstance(last, int) and last < first:
        yield Finding(("charter", "years_to"), "is before the first year")
    if isinstance(charter.get("parent"), str) and charter["parent"] == charter.get("key"):
        yield Finding(("charter", "parent"), "is the charter itself; name the one that it follows")
