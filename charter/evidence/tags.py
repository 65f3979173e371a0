"""What items of evidence speak of: promises, people, and groups by their names."""

from collections import defaultdict
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlmodel import Session, col, delete, select

from charter.evidence.fields import Tags
from charter.rules.refusals import NotFoundError
from db.models import Commitment, EvidenceTag
from db.types import Characteristic


def put_tags(session: Session, *, evidence_id: int, tags: Tags) -> None:
    """Say what an item speaks of, in place of what was said before. The caller has asked for access.

    Raises:
        NotFoundError: there is no such promise.
    """
    commitments = session.exec(select(Commitment.id).where(col(Commitment.ref).in_(tags.commitments))).all()
    if len(commitments) != len(tags.commitments):
        raise NotFoundError("There is no such promise. Nothing was changed.")
    session.exec(delete(EvidenceTag).where(col(EvidenceTag.evidence_id) == evidence_id))
    rows = [EvidenceTag(evidence_id=evidence_id, commitment_id=key) for key in commitments]
    rows += [EvidenceTag(evidence_id=evidence_id, characteristic=each) for each in sorted(tags.characteristics)]
    rows += [
        EvidenceTag(evidence_id=evidence_id, characteristic=Characteristic.NAMED_GROUP, named_group=name)
        for name in tags.groups
    ]
    session.add_all(rows)
    session.flush()


def tags_of(session: Session, evidence_ids: Collection[int]) -> Mapping[int, Tags]:
    """Read what items speak of, by their keys, in one query. The caller has asked for access."""
    commitments: dict[int, set[str]] = defaultdict(set)
    characteristics: dict[int, set[Characteristic]] = defaultdict(set)
    groups: dict[int, list[str]] = defaultdict(list)
    rows = session.execute(
        sa.select(EvidenceTag, col(Commitment.ref))
        .outerjoin(Commitment, col(Commitment.id) == col(EvidenceTag.commitment_id))
        .where(col(EvidenceTag.evidence_id).in_(evidence_ids))
        .order_by(col(EvidenceTag.id))
    )
    for tag, ref in rows:
        if ref is not None:
            commitments[tag.evidence_id].add(ref)
        elif tag.named_group:
            groups[tag.evidence_id].append(tag.named_group)
        elif tag.characteristic is not None:
            characteristics[tag.evidence_id].add(tag.characteristic)
    return {
        key: Tags(frozenset(commitments[key]), frozenset(characteristics[key]), tuple(groups[key]))
        for key in {*commitments, *characteristics, *groups}
    }
