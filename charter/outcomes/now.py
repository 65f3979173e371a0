"""Indicators as they stand now, for those who may read them so; and what sources state, for everybody."""

from sqlmodel import Session, col

from charter.outcomes.gathering import gather
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

    An indicator of which somebody has reported a value since is not among them: that waits for a release.

    Raises:
        NotAllowedError: the viewer may not read the catalogue.
    """
    require(viewer, Act.READ_CATALOGUE)
    which = [] if ref is None else [col(Indicator.ref) == ref]
    found = gather(session, col(Indicator.from_sources).is_(True), *which)
    return tuple(recorded(each) for each in found if each.stated)
