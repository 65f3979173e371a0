"""The shape of a charter file. Nothing is converted on the way in, and an unknown key is a mistake.

These models say what one value may be. What values must be together is said in `checks.py` and `promises.py`.
"""

from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from charter.catalogue.fields import Key, Line, OrgId, PartialDate, Position, Ref, Text, Title
from db.types import CharterState, Continuity, Meaning, OrganisationKind, OwedBy, StatementKind

T = TypeVar("T")
# A file holds words and lists where the models hold enumerations and tuples: only these two steps are taken.
FromWord = Annotated[T, Field(strict=False)]
Rows = Annotated[tuple[T, ...], Field(strict=False)]


def _asks(value: str) -> str:
    if not value.endswith("?"):
        raise PydanticCustomError("no_question", 'is a question, so it must end with "?"')
    return value


def _written_here(kind: StatementKind) -> StatementKind:
    if kind is StatementKind.CONTENT:
        raise PydanticCustomError("content_here", "cannot be content; write that under charter.contents")
    return kind


Question = Annotated[Text, Field(max_length=200), AfterValidator(_asks)]
Year = Annotated[int, Field(ge=1800, le=2200)]


class Entry(BaseModel):
    """One table of a charter file: strict, closed to unknown keys, and never changed once read."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Content(Entry):
    """How many of one thing a charter's document contains."""

    what: Title
    count: Position
    detail: Text


class CharterEntry(Entry):
    """The charter itself: what it is, who adopted it and when, and which charter it follows."""

    key: Key
    title: Title
    official_title: Line
    state: FromWord[CharterState]
    kind: Annotated[Line, Field(max_length=120)]
    parent: Key | None = None
    adopted: PartialDate
    adopted_by: Rows[Line] = Field(min_length=1)
    signed_by: Rows[Line] = ()
    adoption_note: Text | None = None
    years_from: Year | None = None
    years_to: Year | None = None
    summary: Text
    how_it_came_about: Text
    not_held: Text | None = None
    successor_note: Text | None = None
    contents: Rows[Content] = ()


class Document(Entry):
    """A document that entries cite by its key."""

    key: Key
    title: Line
    issued_by: Line | None = None
    dated: PartialDate


class Source(Entry):
    """Where in a document something stands; `position` counts within the section's own list, from 1."""

    document: Key
    section: Line
    position: Position | None = None
    note: Text | None = None


class Body(Entry):
    """A public body that owes commitments by name."""

    key: Key
    name: Line
    kind: FromWord[OrganisationKind]
    org_id: OrgId | None = None


class ThemeEntry(Entry):
    """A theme. One that is not scored stands beside the others."""

    key: Key
    title: Title
    position: Position
    scored: bool
    summary: Text


class StrandEntry(Entry):
    """A group of commitments within a theme."""

    key: Key
    theme: Key
    title: Title
    position: Position


class LevelEntry(Entry):
    """One step of the one scale, for practice and experience alike."""

    value: int = Field(ge=0, le=4)
    label: Title
    description: Text


class Reading(Entry):
    """Our reading of a commitment, as opposed to what its source says. Always shown as our reading."""

    theme_reading: Key | None = None
    successor: Ref | None = None
    note: Text | None = None


class CommitmentEntry(Entry):
    """One promise, in our own plain words, with its questions and its source."""

    ref: Ref
    theme: Key
    strand: Key
    position: Position
    title: Title
    summary: Text
    owed_by: FromWord[OwedBy]
    bodies: Rows[Key] = ()
    seen_by_sector: bool
    continuity: FromWord[Continuity]
    core: bool
    practice_question: Question
    experience_question: Question | None = None
    version: Position
    meaning: FromWord[Meaning]
    meaning_said_by: Rows[Line] = ()
    source: Source
    reading: Reading = Reading()


class StatementEntry(Entry):
    """A part of a source that is shown beside the commitments and never scored."""

    kind: Annotated[FromWord[StatementKind], AfterValidator(_written_here)]
    theme: Key
    strand: Key | None = None
    position: Position
    text: Text
    source: Source


class MilestoneEntry(Entry):
    """A dated step in a charter's story; `position` orders steps whose dates are not known to the day."""

    position: Position
    when: PartialDate
    title: Title
    sentence: Text
    source: Source


class CharterFile(Entry):
    """A whole charter file."""

    charter: CharterEntry
    documents: Rows[Document] = Field(min_length=1)
    bodies: Rows[Body] = ()
    themes: Rows[ThemeEntry] = ()
    strands: Rows[StrandEntry] = ()
    levels: Rows[LevelEntry] = ()
    commitments: Rows[CommitmentEntry] = ()
    statements: Rows[StatementEntry] = ()
    milestones: Rows[MilestoneEntry] = ()
