"""Indicators as they stand now, for those who may read them so; and what sources state, for everybody."""

from sqlmodel import Session, col

from charter.outcomes.gathering import gather, gather_stated
from charter.outcomes.held import reader
from charter.outcomes.recorded import RecordedIndicator, recorded
from charter.rules.access import Act, Viewer, require
from db.models import Indicator


def indicators_now(session: Session, *, viewer: Viewer, ref: str | None = None) -> tuple[RecordedIndicator, ...]:
    """Read the indicators that a viewer may read before they are published: all, or the one of a reference.

    Raises:
        NotAllowedError: the viewer may read none.
    """
    asked = reader(viewer)
    own = col(Indicator.organisation_id).is_(None) | col(Indicator.organisation_id).in_(asked.organisations)
    which = ([] if asked.everything else [own]) + ([] if ref is None else [col(Indicator.ref) == ref])
    return tuple(recorded(each) for each in gather(session, *which))


def stated_indicators(session: Session, *, viewer: Viewer, ref: str | None = None) -> tuple[RecordedIndicator, ...]:
    """Read what the sources state, and the agenda that came with them: everybody may, before anything is published.

    A value that somebody reported since waits for a release, and so does what was aimed at or written since.

    Raises:
        NotAllowedError: the viewer may not read the catalogue.
    """
    require(viewer, Act.READ_CATALOGUE)
    which = [] if ref is None else [col(Indicator.ref) == ref]
    return tuple(recorded(each) for each in gather_stated(session, *which))
