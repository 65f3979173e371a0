"""What the tables of a lineage file must be together: counted as the document counts them, and leading somewhere."""

from collections import Counter
from collections.abc import Iterator, Mapping

from charter.catalogue.checks import astray, repeated, unknown_documents
from charter.catalogue.findings import Finding, Path, tables, word
from charter.catalogue.schema import CharterFile

Raw = Mapping[str, object]

_ONCE = (
    ("documents", ("key",)),
    ("lists", ("key",)),
    ("lists", ("position",)),
    ("parts", ("ref",)),
    ("parts", ("part_of", "position")),
    ("parts", ("level",)),
)
#: What a part or its list says of itself only when it is of this kind.
_OWED_KIND, _LEVEL_KIND = "undertaking", "engagement_level"


def twice(raw: Raw) -> Iterator[Finding]:
    """Find keys, references and positions that are used twice where each must have its own."""
    return repeated(raw, _ONCE)


def pointing_nowhere(raw: Raw) -> Iterator[Finding]:
    """Find parts whose list or document the file does not have."""
    yield from astray(raw, (("parts", "part_of", "lists"),))
    yield from unknown_documents(raw, ("parts",))


def wrongly_counted(raw: Raw) -> Iterator[Finding]:
    """Find lists that have more or fewer parts than they say, and parts out of the order of their list."""
    found: Counter[str] = Counter()
    for index, part in tables(raw, "parts"):
        key, position = word(part, "part_of"), part.get("position")
        found[key] += 1
        if key and isinstance(position, int) and position != found[key]:
            yield Finding(("parts", index, "position"), f"is out of order; the next in its list is {found[key]}")
    for index, each in tables(raw, "lists"):
        has, count = found[word(each, "key")], each.get("count")
        if isinstance(count, int) and count != has:
            yield Finding(("lists", index, "count"), f"differs from the file, which has {has} parts of this list")


def unfit_for_kind(raw: Raw) -> Iterator[Finding]:
    """Find what an undertaking or a level lacks, and what other kinds may not have."""
    kinds = {word(each, "key"): word(each, "kind") for _, each in tables(raw, "lists")}
    for index, each in tables(raw, "lists"):
        yield from _only_with("owed_by", each, ("lists", index), has_it=word(each, "kind") == _OWED_KIND)
    for index, part in tables(raw, "parts"):
        kind = kinds.get(word(part, "part_of"))
        if kind is not None:  # A part of no known list is reported as such.
            yield from _only_with("level", part, ("parts", index), has_it=kind == _LEVEL_KIND)


def _only_with(field: str, row: Raw, path: Path, *, has_it: bool) -> Iterator[Finding]:
    if has_it and field not in row:
        yield Finding((*path, field), "is missing; this kind needs it")
    if not has_it and field in row:
        yield Finding((*path, field), "may not be here; this kind has none")


def unsourced(raw: Raw) -> Iterator[Finding]:
    """Find parts that do not say where in their section they stand, or why nothing carries them on."""
    for index, part in tables(raw, "parts"):
        source, reading = part.get("source"), part.get("reading")
        if isinstance(source, dict) and "position" not in source:
            reason = "is missing; say where in its section the part stands, counted from 1"
            yield Finding(("parts", index, "source", "position"), reason)
        if isinstance(reading, dict) and reading.get("successors") == [] and "note" not in reading:
            reason = "is missing; nothing carries this part on, so say why"
            yield Finding(("parts", index, "reading", "note"), reason)


def into_the_later_charter(raw: Raw, *, later: CharterFile) -> Iterator[Finding]:
    """Find readings that name no scored theme or no promise of the charter that the parts are read into.

    Args:
        raw: the file's tables.
        later: the charter that follows, with its themes and promises.
    """
    themes = {theme.key for theme in later.themes if theme.scored}
    promises = {entry.ref for entry in later.commitments}
    lineage = raw.get("lineage")
    if isinstance(lineage, dict) and lineage.get("read_into") not in (None, later.charter.key):
        yield Finding(("lineage", "read_into"), f"must be {later.charter.key}, the charter that follows")
    for index, part in tables(raw, "parts"):
        reading = part.get("reading")
        if not isinstance(reading, dict):
            continue
        theme, successors = word(reading, "theme"), reading.get("successors")
        if theme and theme not in themes:
            yield Finding(("parts", index, "reading", "theme"), "must be one of the scored themes")
        named = [ref for ref in successors if isinstance(ref, str)] if isinstance(successors, list) else []
        if len(set(named)) < len(named):
            yield Finding(("parts", index, "reading", "successors"), "names a promise twice")
        if any(ref not in promises for ref in named):
            reason = f"names a promise that {later.charter.key} does not have"
            yield Finding(("parts", index, "reading", "successors"), reason)


CHECKS = (twice, pointing_nowhere, wrongly_counted, unfit_for_kind, unsourced)
