"""Records of a release: what was published of indicators, actions, recommendations and concerns.

Public pages read these, and never the rows that people still change. Each subject has a module named `recorded.py` with
a maker: it tells what the public may read on a day, as frozen dataclasses, and nothing else. A correction takes them
anew, like all words.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
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
    places: Counter[RecordKind] = Counter()
    adapters: dict[RecordKind, TypeAdapter[Any]] = {kind: TypeAdapter(made) for kind, _, made in _MAKERS}
    for (kind, ref), record in records_now(session, on=on, made_up=release.made_up).items():
        places[kind] += 1
        content = adapters[kind].dump_json(record).decode()
        session.add(
            ReleaseRecord(release_id=release.id or 0, kind=kind, ref=ref, position=places[kind], content=content)
        )
    session.flush()


def records_now(session: Session, *, on: date, made_up: bool) -> dict[tuple[RecordKind, str], object]:
    """Make the records that a release would hold if it were published on a day. Who may see them, the caller asks.

    Args:
        session: a session.
        on: the day.
        made_up: whether it would be a made-up release.

    Returns:
        Each record by its kind and its subject's reference, in their order.
    """
    return {(kind, ref): record for kind, maker, _ in _MAKERS for ref, record in maker(session, on, made_up)}


def records_of(session: Session, *, release_id: int) -> dict[tuple[RecordKind, str], object]:
    """Read all records of a release, by kind and reference, as `records_now` makes them."""
    adapters: dict[RecordKind, TypeAdapter[Any]] = {kind: TypeAdapter(made) for kind, _, made in _MAKERS}
    rows = session.exec(select(ReleaseRecord).where(ReleaseRecord.release_id == release_id))
    return {(row.kind, row.ref): adapters[row.kind].validate_json(row.content) for row in rows}


def read_records(session: Session, *, release_id: int, kind: RecordKind, of: type[T]) -> tuple[T, ...]:
    """Read the records of one kind that a release holds, in their order; none where it holds none.

    Everybody may read them, as they may read every release.

    Args:
        session: a session.
        release_id: the release's key in the store.
        kind: which records.
        of: the frozen dataclass that the kind's maker gives.
    """
    rows = session.exec(
        select(ReleaseRecord.content)
        .where(ReleaseRecord.release_id == release_id, ReleaseRecord.kind == kind)
        .order_by(col(ReleaseRecord.position))
    )
    return parse_records(rows.all(), of=of)


def parse_records(contents: Iterable[str], *, of: type[T]) -> tuple[T, ...]:
    """Read records from the words in which they are kept."""
    adapter: TypeAdapter[T] = TypeAdapter(of)
    return tuple(adapter.validate_json(content) for content in contents)
