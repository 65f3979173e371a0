"""The call list: the groups that have not sent their answers, with what is needed to ring them."""

from sqlmodel import Session

from charter.pages_of_rows import Slice
from charter.responses.listing import Response, list_responses
from charter.responses.wanted import Status, Wanted
from charter.rules.access import Viewer
from db.types import Side

MOST_CALLS = 1000  # rows: more than that is no list that anybody rings through


def call_list(session: Session, *, viewer: Viewer, period_id: int, ward: str = "") -> Slice[Response]:
    """Read the first thousand groups that have not sent their answers, by name.

    Args:
        session: a session.
        viewer: who asks.
        period_id: the period.
        ward: a ward's name; empty for all.

    Raises:
        NotAllowedError: the viewer may not see who answered.
    """
    wanted = Wanted(side=Side.VCFSE, status=Status.MISSING, ward=ward)
    return list_responses(session, viewer=viewer, period_id=period_id, wanted=wanted, size=MOST_CALLS)
