"""The portfolio of evidence: items with a link or a file, whom and what they speak of, and what cites them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Table, one_of, word
from db.types import Characteristic, EvidenceKind, EvidenceSeenBy

FILE_LIMIT = 5 * 1024 * 1024  # bytes: what a page takes


class Evidence(Table, table=True):
    """An item that an organisation points to: collected once, cited many times."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    title: str = Field(max_length=200)
    kind: EvidenceKind = Field(default=EvidenceKind.OTHER, sa_column=word(EvidenceKind, "kind"))
    seen_by: EvidenceSeenBy = Field(default=EvidenceSeenBy.MONITORING_GROUP, sa_column=word(EvidenceSeenBy, "seen_by"))
    link: str = Field(default="", max_length=500)
    dated_on: date | None = None
    added_at: datetime
    removed_at: datetime | None = None


class EvidenceFile(Table, table=True):
    """The bytes of an item, with the digest that tells whether they are still what was taken in.

    `content_type` is what the bytes themselves were found to be, never what the sender said.
    """

    __table_args__ = (
        CheckConstraint(f"size > 0 AND size <= {FILE_LIMIT}", name="size_within_limit"),
        CheckConstraint("length(sha256) = 64", name="digest_is_whole"),
    )

    id: int | None = Field(default=None, primary_key=True)
    evidence_id: int = Field(foreign_key="evidence.id", unique=True)
    name: str = Field(max_length=120)
    content_type: str = Field(max_length=120)
    size: int
    sha256: str = Field(max_length=64, index=True)
    content: bytes
    taken_in_at: datetime


class EvidenceTag(Table, table=True):
    """What an item speaks of: one commitment, or one characteristic; a group that is none of those goes by its name."""

    __table_args__ = (
        CheckConstraint(one_of("commitment_id", "characteristic"), name="one_tag"),
        CheckConstraint(
            "(named_group <> '') = (coalesce(characteristic, '') = 'named_group')", name="named_group_has_name"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    evidence_id: int = Field(foreign_key="evidence.id", index=True)
    commitment_id: int | None = Field(default=None, foreign_key="commitment.id", index=True)
    characteristic: Characteristic | None = Field(
        default=None, sa_column=word(Characteristic, "characteristic", nullable=True)
    )
    named_group: str = Field(default="", max_length=120)


class AnswerEvidence(Table, table=True):
    """An answer cites an item of evidence."""

    __table_args__ = (UniqueConstraint("answer_id", "evidence_id"),)

    id: int | None = Field(default=None, primary_key=True)
    answer_id: int = Field(foreign_key="answer.id", index=True)
    evidence_id: int = Field(foreign_key="evidence.id", index=True)


class MeasurementEvidence(Table, table=True):
    """A measurement cites an item of evidence."""

    __table_args__ = (UniqueConstraint("measurement_id", "evidence_id"),)

    id: int | None = Field(default=None, primary_key=True)
    measurement_id: int = Field(foreign_key="measurement.id", index=True)
    evidence_id: int = Field(foreign_key="evidence.id", index=True)


class ActionEvidence(Table, table=True):
    """An action cites an item of evidence."""

    __table_args__ = (UniqueConstraint("action_id", "evidence_id"),)

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id", index=True)
    evidence_id: int = Field(foreign_key="evidence.id", index=True)
