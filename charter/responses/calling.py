"""The call list: the groups that have not sent their answers, with what is needed to ring them."""

from sqlmodel import Session

from charter import audit
from charter.pages_of_rows import Slice
from charter.periods import period_by_id
from charter.responses.listing import Response, list_responses
from charter.responses.wanted import Status, Wanted
from charter.rules.access import Viewer
from charter.store import afterwards
from db.types import Side

MOST_CALLS = 1000  # rows: more than that is no list that anybody rings through


def call_list(session: Session, *, viewer: Viewer, period_id: int, ward: str = "") -> Slice[Response]:
    """Read the first thousand groups that have not sent their answers, by name. That the list was made is written down.

    Args:
        session: a session of `charter.store`.
        viewer: who asks.
        period_id: the period.
        ward: a ward's name; empty for all.

    Raises:
        NotAllowedError: the viewer may not see who answered.
    """
    wanted = Wanted(side=Side.VCFSE, status=Status.MISSING, ward=ward)
    found = list_responses(session, viewer=viewer, period_id=period_id, wanted=wanted, size=MOST_CALLS)
    ref = period_by_id(session, period_id=period_id).ref
    subject, detail = f"period {ref}", {"groups": len(found.rows), "ward": ward}
    afterwards(
        session,
        lambda later: audit.record(later, viewer, act="call_list_made", subject=subject, detail=detail),
    )
    return found
