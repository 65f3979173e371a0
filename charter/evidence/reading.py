"""Reading the portfolio: searched, one page at a time, with nothing in it that the viewer may not see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from charter.evidence.fields import EvidenceFields, Tags
from charter.evidence.held import key_of, ref_of, visible
from charter.evidence.tags import tags_of
from charter.pages_of_rows import Slice, has_words, slice_of
from charter.rules.access import Act, Viewer, may
from charter.rules.refusals import NotFoundError
from db.models import Commitment, Evidence, EvidenceFile, EvidenceTag, Organisation
from db.types import Characteristic, EvidenceKind

PAGE_SIZE = 15  # items: each takes the height of a few lines


@dataclass(frozen=True)
class FileFound:
    """What is known of an item's file. `size` is in bytes."""

    name: str
    content_type: str
    size: int


@dataclass(frozen=True)
class EvidenceFound:
    """An item of evidence.

    Attributes:
        fields: what its organisation says of it.
        may_change: whether the viewer answers for its organisation.
    """

    id: int
    fields: EvidenceFields
    organisation_id: int
    organisation: str
    file: FileFound | None
    may_change: bool

    @property
    def ref(self) -> str:
        """The reference that it goes by in addresses, such as `EV-12`."""
        return ref_of(self.id)

    @property
    def title(self) -> str:
        """What it is."""
        return self.fields.title

    @property
    def link(self) -> str:
        """Where it can be read on the web, or empty."""
        return self.fields.link

    @property
    def dated_on(self) -> date | None:
        """The day it is of."""
        return self.fields.dated_on


@dataclass(frozen=True)
class EvidenceWanted:
    """What is looked for; what is None or empty leaves nothing out.

    Attributes:
        words: each must stand in the title, the file's name, a group's name or the organisation's name.
        kind: what it is.
        commitment_ref: a promise that it speaks of.
        characteristic: whom it speaks of.
        organisation_id: whose it is.
    """

    words: str = ""
    kind: EvidenceKind | None = None
    commitment_ref: str = ""
    characteristic: Characteristic | None = None
    organisation_id: int | None = None


def search_evidence(
    session: Session, *, viewer: Viewer, wanted: EvidenceWanted, page: int = 1, size: int = PAGE_SIZE
) -> Slice[EvidenceFound]:
    """Read one page of the items that a viewer sees, the newest first: for anyone, those that are public.

    Args:
        session: a session.
        viewer: who asks.
        wanted: what is looked for.
        page: which page, from 1; one that is not there gives the nearest that is.
        size: how many items a page has.
    """
    statement = _statement(viewer).where(*_conditions(wanted))
    found = slice_of(session, statement, col(Evidence.added_at).desc(), col(Evidence.id).desc(), page=page, size=size)
    return found.of(_found(session, viewer, found.rows))


def find_evidence(session: Session, *, viewer: Viewer, ref: str) -> EvidenceFound:
    """Read one item.

    Raises:
        NotFoundError: there is no such item, or the viewer may not see it.
    """
    rows = session.execute(_statement(viewer).where(col(Evidence.id) == key_of(ref))).all()
    if not rows:
        raise NotFoundError("There is no such item, or it is not yours to see. Nothing was changed.")
    return _found(session, viewer, rows)[0]


def items_seen(session: Session, *, viewer: Viewer, which: sa.ColumnElement[bool]) -> tuple[EvidenceFound, ...]:
    """Read all items of a sort that a viewer sees, the newest first."""
    statement = _statement(viewer).where(which)
    rows = session.execute(statement.order_by(col(Evidence.added_at).desc(), col(Evidence.id).desc())).all()
    return _found(session, viewer, rows)


def fields_of(item: Evidence, tags: Tags) -> EvidenceFields:
    """Give what is said of an item as it is stored."""
    return EvidenceFields(item.title, item.link, item.dated_on, item.kind, item.seen_by, tags)


def _statement(viewer: Viewer) -> sa.Select[*tuple[Any, ...]]:
    """Give the query without the files' bytes, of which a list would hold many."""
    file = (col(EvidenceFile.name), col(EvidenceFile.content_type), col(EvidenceFile.size))
    return (
        sa.select(Evidence, col(Organisation.name), *file)
        .join(Organisation, col(Organisation.id) == col(Evidence.organisation_id))
        .outerjoin(EvidenceFile, col(EvidenceFile.evidence_id) == col(Evidence.id))
        .where(visible(viewer))
    )


def _conditions(wanted: EvidenceWanted) -> list[sa.ColumnElement[bool]]:
    named = (
        sa.select(sa.func.coalesce(sa.func.aggregate_strings(col(EvidenceTag.named_group), " "), ""))
        .where(col(EvidenceTag.evidence_id) == col(Evidence.id))
        .scalar_subquery()
    )
    file_name = sa.func.coalesce(col(EvidenceFile.name), "")
    found = [*has_words(wanted.words, col(Evidence.title), col(Organisation.name), file_name, named)]
    if wanted.kind is not None:
        found.append(col(Evidence.kind) == wanted.kind)
    if wanted.organisation_id is not None:
        found.append(col(Evidence.organisation_id) == wanted.organisation_id)
    if wanted.characteristic is not None:
        found.append(_tagged(col(EvidenceTag.characteristic) == wanted.characteristic))
    if wanted.commitment_ref:
        promise = sa.select(col(Commitment.id)).where(col(Commitment.ref) == wanted.commitment_ref)
        found.append(_tagged(col(EvidenceTag.commitment_id).in_(promise)))
    return found


def _tagged(which: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return col(Evidence.id).in_(sa.select(col(EvidenceTag.evidence_id)).where(which))


def _found(session: Session, viewer: Viewer, rows: Any) -> tuple[EvidenceFound, ...]:  # noqa: ANN401 - rows of a statement
    tags = tags_of(session, [row[0].id for row in rows])
    return tuple(
        EvidenceFound(
            id=item.id,
            fields=fields_of(item, tags.get(item.id, Tags())),
            organisation_id=item.organisation_id,
            organisation=organisation,
            file=FileFound(name, content_type, size) if name is not None else None,
            may_change=may(viewer, Act.KEEP_EVIDENCE, organisation_id=item.organisation_id),
        )
        for item, organisation, name, content_type, size in rows
    )
