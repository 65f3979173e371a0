"""The list of who is invited: where each stands, and when it was last written to."""

import pandas as pd
import streamlit as st

from charter import clock
from charter.periods import PeriodFound
from charter.responses.listing import Response, list_responses, list_wards
from charter.responses.wanted import STATUSES, Status
from charter.store import reading
from charter.words import ASSISTED, KINDS
from db.types import SelfAssessmentState
from pages.ui import tables, viewer
from pages.ui.responses import filters
from pages.ui.running import paging

_OF_A_BODY = {
    SelfAssessmentState.RETURNED: "Sent back to it by the monitoring group",
    SelfAssessmentState.REVIEWED: "Reviewed",
}


def draw(period: PeriodFound) -> None:
    """Draw the list with its filters."""
    here = viewer.current()
    with st.container(horizontal=True, vertical_alignment="center", key="ways_on"):
        st.link_button("Open the call list, to print", f"/files/call-list?period={period.ref}")
        st.page_link("coordinate/assisted.py", label="Type in answers for a group", query_params={"period": period.ref})
    with reading() as session:
        wards = list_wards(session, viewer=here, period_id=period.id)
    wanted = filters.draw(period.ref, wards)
    key = f"responses_{period.ref}_{hash(wanted)}"
    with reading() as session:
        found = list_responses(session, viewer=here, period_id=period.id, wanted=wanted, page=paging.page_asked(key))
    if not found.total:
        st.info("Nobody on the list is like that. Choose “All” in a field, or empty the search.")
    frame = pd.DataFrame(
        {
            "Name": [f"{each.name} ({_about(each)})" for each in found.rows],
            "Where it stands": [status_words(each) for each in found.rows],
            "Last e-mails": [mail_words(each) for each in found.rows],
        },
        dtype=str,
    )
    tables.draw(frame, alt="Who is invited, where they stand, and when they were last written to")
    paging.draw(found, key=key, what="organisations")


def status_words(row: Response) -> str:
    """Say where an organisation stands, and whether the coordinator typed its answers in."""
    said = _OF_A_BODY.get(row.state) if row.state else None
    if said is None:
        said = STATUSES[row.status]
        if row.status is Status.SENT and row.submitted_at is not None:
            said = f"{said} {clock.day_in_words(clock.local(row.submitted_at).date())}"
    return f"{said}, {ASSISTED[row.assisted.how]} through {row.assisted.typed_by}" if row.assisted else said


def mail_words(row: Response) -> str:
    """Say when an organisation was last invited and reminded, and whether the last e-mail came back."""
    moments = (("Reminded", row.reminded_at), ("Invited", row.invited_at))
    said = next((f"{what} {clock.day_in_words(clock.local(at).date())}" for what, at in moments if at), "None yet")
    if row.trouble:
        return f"{said}. The last one came back"
    return said if row.email else f"{said}. No address"


def _about(row: Response) -> str:
    return f"{KINDS[row.kind]}, {row.ward}" if row.ward else KINDS[row.kind]
