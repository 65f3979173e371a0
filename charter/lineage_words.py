"""What is told of the parts of an earlier charter, and of the later promises that carry them on, as our reading."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import pandas as pd

from charter.catalogue import ASSESSED
from charter.catalogue.lineage import LineageFile, Part, PartKind
from charter.catalogue.reading import read_catalogue
from charter.charters import source_words
from charter.commitments import CommitmentListed

KINDS: Mapping[PartKind, str] = MappingProxyType(
    {
        PartKind.UNDERTAKING: "undertakings",
        PartKind.VALUE: "values",
        PartKind.CODE_PRINCIPLE: "principles of six codes",
        PartKind.VOLUNTEERING_PRINCIPLE: "principles of volunteering",
        PartKind.ENGAGEMENT_LEVEL: "levels of involving people",
    }
)


@dataclass(frozen=True)
class PartTold:
    """A part of an earlier charter.

    Attributes:
        source: where it stands in its document.
        theme: the title of the theme that we read it into.
        successors: reference and title of each later promise that we read as carrying it on.
        note: what there is to say of that reading; empty where there is nothing.
    """

    ref: str
    title: str
    summary: str
    source: str
    theme: str
    successors: tuple[tuple[str, str], ...]
    note: str


@cache
def later_promises() -> tuple[CommitmentListed, ...]:
    """Give the promises that the shipped lineage is read into, in the order of their charter, as its file words them.

    They are no question to the store: our reading is of those words, and not of what a later version may say.
    """
    file = read_catalogue(ASSESSED)
    themes = {theme.key: theme.title for theme in file.themes}
    strands = {strand.key: strand.theme for strand in file.strands}
    return tuple(
        CommitmentListed(entry.ref, entry.title, strands[entry.strand], themes[strands[entry.strand]])
        for entry in file.commitments
    )


def held_sentence(file: LineageFile) -> str:
    """Say how much of what the earlier charter held lives on, and that this is our reading."""
    on = sum(bool(part.reading.successors) for part in file.parts)
    return f"Of its {len(file.parts)} parts, {on} live on in a later promise. {file.lineage.note}"


def kinds_table(file: LineageFile) -> pd.DataFrame:
    """Tabulate how many parts of each kind there are, and how many of them live on."""
    found = [(words, file.parts_of(kind)) for kind, words in KINDS.items()]
    return pd.DataFrame(
        {
            "What it held": [words.capitalize() for words, _ in found],
            "How many": [str(len(parts)) for _, parts in found],
            "Live on (our reading)": [str(sum(bool(part.reading.successors) for part in parts)) for _, parts in found],
        },
        dtype=str,
    )


def list_titles(file: LineageFile) -> dict[str, str]:
    """Give what each list of the earlier charter is called, with how many parts it has, by its key and in order."""
    return {each.key: f"{each.title} ({each.count})" for each in sorted(file.lists, key=lambda one: one.position)}


def parts_told(file: LineageFile, key: str, promises: Sequence[CommitmentListed]) -> tuple[PartTold, ...]:
    """Tell the parts of one list, in its order.

    Args:
        file: the parts of the earlier charter.
        key: the list.
        promises: the later promises, for the titles of those that carry a part on.
    """
    titles = {promise.ref: promise.title for promise in promises}
    themes = {promise.theme_ref: promise.theme_title for promise in promises}
    documents = {document.key: document.title for document in file.documents}
    found = sorted((part for part in file.parts if part.part_of == key), key=lambda part: part.position)
    return tuple(_told(part, titles, themes, documents) for part in found)


def taken_up(file: LineageFile, promises: Sequence[CommitmentListed]) -> tuple[tuple[CommitmentListed, str], ...]:
    """Give each promise that carries on parts of the earlier charter, in the order of its own, with those parts."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for part in file.parts:
        for ref in part.reading.successors:
            found[ref].append(part.title)
    return tuple((promise, "; ".join(found[promise.ref])) for promise in promises if promise.ref in found)


def _told(part: Part, titles: Mapping[str, str], themes: Mapping[str, str], documents: Mapping[str, str]) -> PartTold:
    reading = part.reading
    return PartTold(
        ref=part.ref,
        title=part.title,
        summary=part.summary,
        source=source_words(documents[part.source.document], part.source.section, part.source.position),
        theme=themes.get(reading.theme, reading.theme.capitalize()),
        successors=tuple((ref, titles[ref]) for ref in reading.successors if ref in titles),
        note=reading.note or "",
    )
