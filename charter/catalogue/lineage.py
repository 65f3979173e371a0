"""What an earlier charter held, part by part, and where each part lives on: read from a file, as our reading.

Nothing of it is scored, and no figure is joined across it: a lineage shows ancestry.
"""

from enum import StrEnum
from functools import cache, partial
from typing import Annotated

from pydantic import Field

from charter.catalogue import ASSESSED, LINEAGE
from charter.catalogue.fields import Key, Position, Ref, Text, Title
from charter.catalogue.lineage_checks import CHECKS, into_the_later_charter
from charter.catalogue.reading import parse_file, read_catalogue
from charter.catalogue.schema import CharterFile, Document, Entry, FromWord, Rows, Source
from db.types import EngagementLevel, OwedBy


class PartKind(StrEnum):
    """What a part of an earlier charter is."""

    UNDERTAKING = "undertaking"
    VALUE = "value"
    CODE_PRINCIPLE = "code_principle"
    VOLUNTEERING_PRINCIPLE = "volunteering_principle"
    ENGAGEMENT_LEVEL = "engagement_level"


class LineageEntry(Entry):
    """Which charter the parts are of, and which later one they are read into."""

    charter: Key
    read_into: Key
    note: Text


class PartList(Entry):
    """A list of the document that parts stand in. `count` is how many it has there, and how many the file must have."""

    key: Key
    kind: FromWord[PartKind]
    title: Title
    position: Position
    count: Position
    owed_by: FromWord[OwedBy] | None = None


class PartReading(Entry):
    """Our reading of a part: its theme and the later promises that carry it on. `note` says why there is none."""

    theme: Key
    successors: Rows[Ref]
    note: Text | None = None


class Part(Entry):
    """One undertaking, value, principle or level, in our own plain words."""

    ref: Ref
    part_of: Key
    position: Position
    title: Title
    summary: Text
    level: FromWord[EngagementLevel] | None = None
    source: Source
    reading: PartReading


class LineageFile(Entry):
    """A whole lineage file."""

    lineage: LineageEntry
    documents: Annotated[Rows[Document], Field(min_length=1)]
    lists: Annotated[Rows[PartList], Field(min_length=1)]
    parts: Annotated[Rows[Part], Field(min_length=1)]

    def parts_of(self, kind: PartKind) -> tuple[Part, ...]:
        """Give the parts of one kind, in the order of the file."""
        keys = {each.key for each in self.lists if each.kind is kind}
        return tuple(part for part in self.parts if part.part_of in keys)


def parse_lineage(data: bytes, *, name: str, later: CharterFile) -> LineageFile:
    """Check the bytes of a lineage file.

    Args:
        data: The file's content, in UTF-8.
        name: What to call the file in mistakes.
        later: The charter that the parts are read into, whose themes and promises they name.

    Returns:
        Everything that is in the file.

    Raises:
        CatalogueError: The file is not TOML in UTF-8, or has mistakes: all of them are in the error.
    """
    checks = (*CHECKS, partial(into_the_later_charter, later=later))
    return parse_file(data, name=name, model=LineageFile, checks=checks)


@cache
def shipped_lineage() -> LineageFile:
    """Read the shipped lineage: the Compact of 2006, read into the framework of 2021."""
    return parse_lineage(LINEAGE.read_bytes(), name=LINEAGE.name, later=read_catalogue(ASSESSED))
