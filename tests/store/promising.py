"""A council's promise after the small year has closed."""

from datetime import date

from sqlmodel import Session

from charter.lowest import Lowest, lowest_commitments
from charter.rules.access import Viewer
from charter.you_said import Planned, save_promise
from db.types import Precision
from tests.store.closed_reviews import YEAR, Closed

MEETING = Planned("Hold a meeting", date(2028, 5, 20), Precision.MONTH)


def promise(
    session: Session,
    made: Closed,
    *,
    viewer: Viewer | None = None,
    we_will: str = "listen more",
    action: Planned | None = MEETING,
    no_action_reason: str = "",
    seen_revision: int = 0,
    theme_ref: str = "",
) -> int:
    return save_promise(
        session,
        viewer=viewer or made.council,
        period_ref=YEAR,
        organisation_id=made.where.council,
        theme_ref=theme_ref or lowest_of(session, made).theme_ref,
        we_will=we_will,
        action=action,
        no_action_reason=no_action_reason,
        seen_revision=seen_revision,
    ).revision


def lowest_of(session: Session, made: Closed) -> Lowest:
    found = lowest_commitments(session, viewer=made.council, period_ref=YEAR, organisation_id=made.where.council)
    return found[0]
