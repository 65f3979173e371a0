"""Deriving how indicators stand again, from what a release froze of each beside it."""

from collections.abc import Iterator
from dataclasses import fields

from sqlmodel import Session

from charter.outcomes.derived import Derived, Foreseen, derive
from charter.outcomes.recorded import RecordedIndicator
from charter.records import read_records
from db.types import RecordKind

_TOLERANCE = 1e-9  # doubles; all else must be equal


def derived_again(session: Session, *, release_id: int) -> Iterator[tuple[str, str, object, object]]:
    """Give all that a release says of how its indicators stand, beside what their frozen facts give.

    Yields:
        The indicator's reference, what is derived, what is stored, and what is derived now: equal within 1e-9 where it
        is the same.
    """
    for record in read_records(session, release_id=release_id, kind=RecordKind.INDICATOR, of=RecordedIndicator):
        again = derive(record)
        for field in fields(Derived):
            stored, made = getattr(record.stands, field.name), getattr(again, field.name)
            yield record.ref, field.name, stored, stored if _alike(stored, made) else made


def _alike(stored: object, made: object) -> bool:
    match stored, made:
        case Foreseen(), Foreseen():
            pairs = ((stored.value, made.value), (stored.low, made.low), (stored.high, made.high))
            return stored.span == made.span and all(abs(one - other) <= _TOLERANCE for one, other in pairs)
        case tuple(), tuple():
            return len(stored) == len(made) and all(map(_alike, stored, made))
        case _:
            return stored == made
