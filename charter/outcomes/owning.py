"""Whose an indicator is: who may change it, who may read it before it is published, and what a body reports."""

from sqlmodel import Session

from charter.outcomes.now import indicators_now
from charter.outcomes.recorded import RecordedIndicator
from charter.own.organisations import own_organisations
from charter.rules.access import Act, Viewer, may


def may_report(session: Session, *, viewer: Viewer, owner_ref: str) -> bool:
    """Tell whether a viewer may report for the organisation of a reference; empty is what all partners share.

    Those who draft a part of a public body's answers only may not. Each verb asks again.
    """
    if may(viewer, Act.REPORT_OUTCOMES):
        return True
    if not owner_ref or viewer.account_id is None:
        return False
    return any(own.ref == owner_ref and own.leads for own in own_organisations(session, viewer=viewer))


def may_read_now(viewer: Viewer) -> bool:
    """Tell whether a viewer may read any indicator as it stands now, before it is published."""
    own = viewer.organisations()
    return may(viewer, Act.READ_OUTCOMES) or any(may(viewer, Act.READ_OUTCOMES, organisation_id=each) for each in own)


def own_indicators(session: Session, *, viewer: Viewer, organisation_ref: str) -> tuple[RecordedIndicator, ...]:
    """Read the indicators that an organisation reports, as they stand now; empty for those that all partners share.

    Raises:
        NotAllowedError: the viewer may read no indicators before they are published.
    """
    return tuple(each for each in indicators_now(session, viewer=viewer) if each.owner_ref == organisation_ref)
