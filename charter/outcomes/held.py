"""Finding an indicator for a write or a read, and asking who may."""

from dataclasses import dataclass

from sqlmodel import Session, select

from charter.drafting import require_lead
from charter.rules.access import Act, Viewer, may, require
from charter.rules.outcomes import Span
from charter.rules.refusals import EditedElsewhereError, NotFoundError
from db.models import Indicator, Measurement

_ELSEWHERE = (
    "This was changed in another window after this page showed it. Nothing was overwritten: copy what you typed, and "
    "load the page again."
)


@dataclass(frozen=True)
class Reader:
    """Which indicators a viewer may read: all, or those of its own organisations with those that all share."""

    everything: bool
    organisations: frozenset[int]


def held_indicator(session: Session, *, viewer: Viewer, ref: str) -> Indicator:
    """Give an indicator for a write, held until the end of the scope.

    Raises:
        NotFoundError: there is no such indicator.
        NotAllowedError: the viewer may not report for its owner.
        RefusedError: the viewer drafts a part of the owner's answers only.
    """
    row = session.exec(select(Indicator).where(Indicator.ref == ref).with_for_update()).first()
    if row is None:
        raise NotFoundError("There is no such indicator. Nothing was changed.")
    require_owner(session, viewer=viewer, organisation_id=row.organisation_id)
    return row


def require_owner(session: Session, *, viewer: Viewer, organisation_id: int | None) -> None:
    """Refuse all but those who report for an organisation; for what all share, all but those who run the charter.

    Raises:
        NotAllowedError: the viewer may not report for it.
        RefusedError: the viewer drafts a part of its answers only.
    """
    require(viewer, Act.REPORT_OUTCOMES, organisation_id=organisation_id)
    if organisation_id is not None:
        require_lead(session, viewer=viewer, organisation_id=organisation_id)


def reader(viewer: Viewer) -> Reader:
    """Tell which indicators a viewer may read before they are published.

    Raises:
        NotAllowedError: none at all.
    """
    own = viewer.organisations()
    everything = may(viewer, Act.READ_OUTCOMES)
    if not everything:
        require(viewer, Act.READ_OUTCOMES, organisation_id=next(iter(own), None))
    return Reader(everything, own)


def measurement_of(session: Session, *, indicator_id: int, span: Span) -> Measurement | None:
    """Read the measurement of one period, or None."""
    return session.exec(
        select(Measurement).where(
            Measurement.indicator_id == indicator_id,
            Measurement.starts_on == span.starts_on,
            Measurement.ends_on == span.ends_on,
        )
    ).first()


def is_measured(session: Session, *, indicator_id: int) -> bool:
    """Tell whether an indicator has any value."""
    return session.exec(select(Measurement.id).where(Measurement.indicator_id == indicator_id)).first() is not None


def require_seen(stored: int, *, seen: int) -> None:
    """Refuse a save that would overwrite what the page did not show. Revision 0 is that of what is not there.

    Raises:
        EditedElsewhereError: the two differ.
    """
    if stored != seen:
        raise EditedElsewhereError(_ELSEWHERE)
