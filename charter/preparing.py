"""Making a release ready without holding the store, and keeping it in one short write at the end.

The figures take most of the time, and they are made from what was read before. Whether that still holds is looked at
again under the lock, just before everything is written at once.
"""

from dataclasses import dataclass

from sqlmodel import Session

from charter import clock
from charter.figures.all_figures import FIGURE_TABLES, FigureRow
from charter.figures.inputs import FrozenPeriod
from charter.freezing import freeze
from charter.periods import PeriodFound
from charter.records import freeze_records
from charter.release_figures import beside_earlier, figures_from_inputs, release_before
from charter.release_words import freeze_words
from charter.rules.refusals import RefusedError
from db.bulk import insert_rows
from db.models import Release


class ChangedMeanwhileError(RefusedError):
    """What a release is made from changed while its figures were being made."""

    def __init__(self) -> None:
        super().__init__(
            "Answers changed while the figures were being made, so that they would not have been right. Nothing was "
            "published. Please start it again."
        )


@dataclass(frozen=True)
class Prepared:
    """A release that can be kept: what it was made from, and its figures. Nothing of it is stored yet.

    Attributes:
        number: 1 for the first release of the period, more for a correction.
        reason: why it corrects the one before; empty for the first.
        previous_id: the release of the review before that it is compared with, or None.
        read: what the store held when it was made.
        inputs: what is frozen with it.
        rows: its figures.
    """

    period: PeriodFound
    number: int
    reason: str
    previous_id: int | None
    read: FrozenPeriod
    inputs: FrozenPeriod
    rows: tuple[FigureRow, ...]

    @property
    def ref(self) -> str:
        """The reference that it gets, such as `2026.1`."""
        return f"{self.period.ref}.{self.number}"


def prepare(
    session: Session, *, period: PeriodFound, number: int, reason: str, read: FrozenPeriod, inputs: FrozenPeriod
) -> Prepared:
    """Make the figures of a release. It only reads; see `Prepared` for what is given.

    Raises:
        RefusedError: nobody's answers count.
    """
    if not any(found.counted for found in inputs.organisations):
        raise RefusedError(
            "Nobody’s answers count in this period yet, so there is nothing to publish. Nothing was changed."
        )
    shown = beside_earlier(session, inputs, period_id=period.id, number=number)
    rows = figures_from_inputs(session, period=period, inputs=shown)
    return Prepared(period, number, reason, release_before(session, period), read, inputs, tuple(rows))


def keep_release(session: Session, prepared: Prepared) -> None:
    """Store a release: its inputs, its figures, and the words and records that go with them as they are now."""
    release = Release(
        ref=prepared.ref,
        period_id=prepared.period.id,
        number=prepared.number,
        reason=prepared.reason,
        previous_id=prepared.previous_id,
        threshold=prepared.inputs.threshold,
        known_sector=prepared.inputs.known_sector,
        made_up=prepared.period.made_up,
        published_at=clock.now(),
    )
    session.add(release)
    session.flush()
    freeze(session, period=prepared.inputs, release_id=release.id or 0)
    # A table at a time: as objects, each combination of missing values was a statement of its own.
    own = {"release_id": release.id}
    for table in FIGURE_TABLES:
        found = [row.model_dump(exclude={"id"}) | own for row in prepared.rows if isinstance(row, table)]
        insert_rows(session, table, found)
    freeze_words(session, release=release)
    freeze_records(session, release=release)
