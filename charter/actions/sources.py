"""What an action came from: commitments, indicators, recommendations of committees, and concerns."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from charter.rules.refusals import FieldError, NotFoundError
from db.models import Action, ActionSource, Commitment, Concern, Indicator, Organisation, Recommendation

#: The keys of what an action came from, by the column that holds them.
Keys = Mapping[str, frozenset[int]]

_TABLES: Mapping[str, type[Commitment | Indicator | Recommendation | Concern]] = {
    "commitment_id": Commitment,
    "indicator_id": Indicator,
    "recommendation_id": Recommendation,
    "concern_id": Concern,
}


@dataclass(frozen=True)
class ActionSources:
    """What an action came from, by reference. It may have come from nothing that the store holds."""

    commitments: frozenset[str] = frozenset()
    indicators: frozenset[str] = frozenset()
    recommendations: frozenset[str] = frozenset()
    concerns: frozenset[str] = frozenset()


def found_sources(session: Session, sources: ActionSources, *, organisation_id: int | None) -> Keys:
    """Find what an action came from.

    Args:
        session: a session.
        sources: the references.
        organisation_id: the organisation that keeps the action up to date; a concern must be about it.

    Raises:
        NotFoundError: there is no such commitment, indicator, recommendation, or concern about this organisation.
    """
    wanted = (sources.commitments, sources.indicators, sources.recommendations, sources.concerns)
    found = {column: _keys(session, table, refs) for (column, table), refs in zip(_TABLES.items(), wanted, strict=True)}
    about = session.exec(select(Concern.about_id).where(col(Concern.id).in_(found["concern_id"])))
    if set(about) - {organisation_id}:
        raise NotFoundError("There is no such concern about this organisation. Nothing was changed.")
    return found


def joins_made_up(
    session: Session, found: Keys, *, organisations: Collection[int], stored: bool | None = None
) -> bool | None:
    """Tell whether an action is made up, from what it came from, the organisations that it names, and what it was.

    Args:
        session: a session.
        found: what it came from.
        organisations: the keys of those that it names.
        stored: whether it was made up until now; None for a new one.

    Returns:
        Whether it is; None where nothing tells.

    Raises:
        FieldError: some of them are made up and some are real.
    """
    marks = {
        *session.exec(select(Indicator.made_up).where(col(Indicator.id).in_(found["indicator_id"]))),
        *session.exec(select(Recommendation.made_up).where(col(Recommendation.id).in_(found["recommendation_id"]))),
        *session.exec(select(Organisation.made_up).where(col(Organisation.id).in_(organisations))),
        *([] if stored is None else [stored]),
    }
    if len(marks) > 1:
        raise FieldError(
            "sources", "One action cannot join what is made up to what is real. Please choose one. Nothing was lost."
        )
    return next(iter(marks), None)


def keep_sources(session: Session, row: Action, found: Keys) -> None:
    """Store what an action came from, in place of what was stored. That it came from a concern is never taken back."""
    session.exec(
        delete(ActionSource).where(col(ActionSource.action_id) == row.id, col(ActionSource.concern_id).is_(None))
    )
    known = stored_sources(session, row)["concern_id"]
    session.add_all(
        ActionSource(action_id=row.id or 0, **{column: key})
        for column, keys in found.items()
        for key in sorted(keys - known if column == "concern_id" else keys)
    )
    session.flush()


def stored_sources(session: Session, row: Action) -> Keys:
    """Give the keys of what an action is stored as having come from."""
    rows = session.exec(select(ActionSource).where(ActionSource.action_id == row.id)).all()
    return {column: frozenset(key for each in rows if (key := getattr(each, column))) for column in _TABLES}


def _keys(
    session: Session, table: type[Commitment | Indicator | Recommendation | Concern], refs: frozenset[str]
) -> frozenset[int]:
    found = session.exec(select(table.id).where(col(table.ref).in_(refs))).all()
    if len(found) != len(refs):
        raise NotFoundError("Something that this action is to come from is not there any more. Nothing was changed.")
    return frozenset(key or 0 for key in found)
