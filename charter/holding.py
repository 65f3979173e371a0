"""Holding a period's row until the end of a write, so that two who would cross take turns.

What changes a review itself (opening, closing, sharing, publishing, correcting it) takes the row alone. What only
needs the review to stay as it is (an answer, an invitation) shares it with others of its kind, and waits for those.
On SQLite a writing scope is alone anyway.
"""

from sqlmodel import Session, col, select

from charter.rules.refusals import NotFoundError
from db.models import Period


def hold_period(
    session: Session, *, ref: str | None = None, period_id: int | None = None, alone: bool = True
) -> Period:
    """Read a period's row as the last writer left it, and hold it.

    Args:
        session: a writing session.
        ref: the period's reference, such as `2026`.
        period_id: its key, in place of the reference.
        alone: whether nobody else may hold it meanwhile; else those may who also share it.

    Raises:
        NotFoundError: there is no such period.
    """
    wanted = col(Period.id) == period_id if ref is None else col(Period.ref) == ref
    held = select(Period).where(wanted).with_for_update(read=not alone)
    # A row that this session read before it waited is read anew.
    period = session.exec(held.execution_options(populate_existing=True)).first()
    if period is None:
        raise NotFoundError("There is no such period." if ref is None else f"There is no period {ref}.")
    return period
