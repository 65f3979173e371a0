"""Records of a release: what was published of indicators, actions, recommendations and concerns.

Public pages read these, and never the rows that people still change. Each subject has a module named `recorded.py` with
a maker: it tells what the public may read on a day, as frozen dataclasses, and nothing else. A correction takes them
anew, like all words.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from charter import clock
from charter.actions.recorded import action_records, recommendation_records
from charter.actions.told import ActionTold, RecommendationTold
from charter.concerns.recorded import YearOfConcerns, concern_records
from charter.outcomes.recorded import RecordedIndicator, indicator_records
from db.models import Release, ReleaseRecord
from db.types import RecordKind

T = TypeVar("T")

#: Takes a session, the day, and whether made-up rows are wanted or real ones: the two never stand in one release. Gives
#: each record with its subject's reference, in the order in which they are shown.
Maker = Callable[[Session, date, bool], Sequence[tuple[str, Any]]]

_MAKERS: tuple[tuple[RecordKind, Maker, type], ...] = (
    (RecordKind.INDICATOR, indicator_records, RecordedIndicator),
    (RecordKind.ACTION, action_records, ActionTold),
    (RecordKind.RECOMMENDATION, recommendation_records, RecommendationTold),
    (RecordKind.CONCERNS, concern_records, YearOfConcerns),
)


def freeze_records(session: Session, *, release: Release) -> None:
    """Keep with a release what the public may read of each subject on the day of its publication."""
    on = clock.local(release.published_at).date()
    for kind, maker, made in _MAKERS:
        adapter: TypeAdapter[Any] = TypeAdapter(made)
        session.add_all(
            ReleaseRecord(
                release_id=release.id or 0,
                kind=kind,
                ref=ref,
                position=position,
                content=adapter.dump_json(record).decode(),
            )
            for position, (ref, record) in enumerate(maker(session, on, release.made_up), start=1)
        )
    session.flush()


def read_records(session: Session, *, release_id: int, kind: RecordKind, of: type[T]) -> tuple[T, ...]:
    """Read the records of one kind that a release holds, in their order; none where it holds none.

    Everybody may read them, as they may read every release.

    Args:
        session: a session.
        release_id: the release's key in the store.
        kind: which records.
        of: the frozen dataclass that the kind's maker gives.
    """
    adapter: TypeAdapter[T] = TypeAdapter(of)
    rows = session.exec(
        select(ReleaseRecord.content)
        .where(ReleaseRecord.release_id == release_id, ReleaseRecord.kind == kind)
        .order_by(col(ReleaseRecord.position))
    )
    return tuple(adapter.validate_json(content) for content in rows)
