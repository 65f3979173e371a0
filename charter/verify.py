"""Verifying a release: its figures are made again from its frozen inputs, and each difference is named.

So is all that is said of how its indicators stand, from what was frozen of each.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from charter.figures.all_figures import FIGURE_TABLES, FigureRow
from charter.outcomes.deriving_again import derived_again
from charter.release_figures import figures_of
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import NotFoundError
from db.models import Release

_TOLERANCE = 1e-9  # doubles; whole numbers and words must be equal
_NOT_COMPARED = frozenset({"id"})


@dataclass(frozen=True)
class Difference:
    """A stored figure that its inputs do not give."""

    release: str
    figure: str
    column: str
    stored: object
    recomputed: object

    def __str__(self) -> str:
        """Name the figure in one line."""
        return (
            f"release {self.release}: {self.figure}: {self.column} is stored as {self.stored!r}, "
            f"and its inputs give {self.recomputed!r}"
        )


def verify(session: Session, *, viewer: Viewer, ref: str | None = None) -> tuple[int, tuple[Difference, ...]]:
    """Recompute one release, or all of them.

    Returns:
        How many figures were compared, and each difference.

    Raises:
        NotAllowedError: the viewer may not verify.
        NotFoundError: there is no such release.
    """
    require(viewer, Act.VERIFY)
    compared, differences = 0, []
    statement = select(Release).order_by("id")
    releases = session.exec(statement if ref is None else statement.where(Release.ref == ref)).all()
    if ref is not None and not releases:
        raise NotFoundError(f"There is no release {ref}.")
    for release in releases:
        stored = {_name(row): row for row in _stored(session, release)}
        made = {_name(row): row for row in figures_of(session, release=release)}
        compared += len(stored)
        for name in stored.keys() | made.keys():
            differences += _compare(release.ref, name, stored.get(name), made.get(name))
        for subject, column, was, again in derived_again(session, release_id=release.id or 0):
            compared += 1
            if was != again:
                differences.append(Difference(release.ref, f"release_record indicator {subject}", column, was, again))
    return compared, tuple(sorted(differences, key=str))


def _stored(session: Session, release: Release) -> list[FigureRow]:
    rows: list[FigureRow] = []
    for table in FIGURE_TABLES:
        rows += session.scalars(sa.select(table).where(sa.column("release_id") == release.id))
    return rows


def _name(row: FigureRow) -> str:
    """Name a figure by its table and the columns that make it unique in its release."""
    table = SQLModel.metadata.tables[str(type(row).__tablename__)]
    unique = next(found for found in table.constraints if isinstance(found, sa.UniqueConstraint))
    parts = [str(getattr(row, column.name)) for column in unique.columns if column.name != "release_id"]
    return f"{table.name} " + " ".join(part for part in parts if part)


def _compare(release: str, name: str, stored: FigureRow | None, made: FigureRow | None) -> list[Difference]:
    if stored is None or made is None:
        return [Difference(release, name, "the whole figure", "there" if stored else None, "there" if made else None)]
    left, right = stored.model_dump(exclude=set(_NOT_COMPARED)), made.model_dump(exclude=set(_NOT_COMPARED))
    return [
        Difference(release, name, column, left[column], right[column])
        for column in left
        if not _equal(left[column], right[column])
    ]


def _equal(stored: object, made: object) -> bool:
    if isinstance(stored, float) and isinstance(made, float):
        return abs(stored - made) <= _TOLERANCE
    return stored == made
