"""Merging a duplicate into the organisation that it is, without losing what either has answered."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.organisations.answering import Standing, standing_in
from charter.organisations.keeping import locked
from charter.organisations.moving import gives_place, move_belongings, owes_by_name
from charter.organisations.moving_invitations import move_invitation
from charter.previews import closed_review_of, hold_reviews, refuse_if_in_shared
from charter.questions import side_of
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, RefusedError
from charter.typed import clean_text
from db.models import Organisation, OrganisationMerge, Period
from db.types import OrganisationKind, PeriodState

REASON_LIMIT = 300  # characters
_MOVING = (PeriodState.PLANNED, PeriodState.OPEN)


@dataclass(frozen=True)
class Merged:
    """What a merge did: the two names, and the reviews in which answers or a link moved."""

    name: str
    into: str
    periods: tuple[str, ...]


def merge(session: Session, *, viewer: Viewer, organisation_id: int, into_id: int, reason: str) -> Merged:
    """Merge a duplicate into the organisation that it is.

    People, signatures, champions, evidence and actions move. So do the invitation, its links and its answers in a
    review that is planned or open: a link that the duplicate was sent goes on opening the form. What the other has no
    e-mail address, telephone number, ward or income for, it is given. Reviews that are closed or published stay as
    they are. The duplicate keeps its row, with an end and a successor, because releases lead back to it.

    Args:
        session: a writing session.
        viewer: a coordinator or the operator.
        organisation_id: the duplicate, which ends.
        into_id: the organisation that stays.
        reason: why they are one, for the log.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        NotFoundError: there is no such organisation.
        FieldError: the reason is missing or too long.
        RefusedError: both have answered in the same review, they are of different sides, one is made up, one was
            merged before, or it would change the figures of a review that has closed. Nothing was changed.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    why = clean_text(reason)
    if not 0 < len(why) <= REASON_LIMIT:
        raise FieldError("reason", f"Say in up to {REASON_LIMIT} letters why the two are one. Nothing was changed.")
    hold_reviews(session)
    duplicate, into = _both(session, organisation_id, into_id)
    _require_alike(duplicate, into)
    _require_closed_as_they_are(session, duplicate, into)
    pairs = _in_reviews_under_way(session, duplicate, into)
    _require_one_answer(pairs)
    moved = [pair for pair in pairs if move_invitation(session, pair.duplicate, pair.into)]
    move_belongings(session, duplicate, into)
    before = {"ends_on": duplicate.ends_on}
    _end(session, duplicate, into, why)
    changed = audit.changes(before, {"ends_on": duplicate.ends_on})
    detail = {"into": into.ref, "periods": [pair.period.ref for pair in moved], **changed}
    audit.record(session, viewer, act="organisation_merged", subject=f"organisation {duplicate.ref}", detail=detail)
    return Merged(duplicate.name, into.name, tuple(pair.period.title for pair in moved))


def one_with(session: Session, *, organisation_id: int) -> frozenset[int]:
    """Give the keys of an organisation and of all duplicates that were merged into it, one after another.

    What a duplicate answered in a review that had closed stays in its own name: it is read as this one's by these keys.
    The caller has asked for access.
    """
    found, last = {organisation_id}, {organisation_id}
    while last:
        merged = select(OrganisationMerge.organisation_id).where(col(OrganisationMerge.into_id).in_(last))
        last = set(session.exec(merged)) - found
        found |= last
    return frozenset(found)


@dataclass(frozen=True)
class _Pair:
    """Where the two stand in one review."""

    period: Period
    duplicate: Standing
    into: Standing


def _both(session: Session, organisation_id: int, into_id: int) -> tuple[Organisation, Organisation]:
    """Read and hold both, the lower key first: two merges at once then wait for each other in one order."""
    if organisation_id == into_id:
        raise RefusedError("Choose two different organisations. Nothing was changed.")
    rows = {key: locked(session, key) for key in sorted((organisation_id, into_id))}
    return rows[organisation_id], rows[into_id]


def _require_alike(duplicate: Organisation, into: Organisation) -> None:
    if duplicate.made_up != into.made_up:
        raise RefusedError("One of the two is made up, and the other is real. Nothing was changed.")
    boards = {duplicate.kind is OrganisationKind.BOARD, into.kind is OrganisationKind.BOARD}
    if len(boards) > 1 or (boards == {False} and side_of(duplicate.kind) is not side_of(into.kind)):
        raise RefusedError(
            f"{duplicate.name} and {into.name} are on different sides: one is a public body or a board, and the other "
            "is not. If that is a mistake, change the kind first. Nothing was changed."
        )


def _require_closed_as_they_are(session: Session, duplicate: Organisation, into: Organisation) -> None:
    """Refuse what would change the figures of a review that has closed and is not published yet."""
    if gives_place(duplicate, into):
        refuse_if_in_shared(session, organisation_id=into.id or 0)
    title = closed_review_of(session, organisation_ids=(duplicate.id or 0, into.id or 0))
    if title is not None and owes_by_name(session, duplicate):
        raise RefusedError(
            f"{title} has closed and is not published yet, and it asked {duplicate.name} by name. Merge the two after "
            "it is published. Nothing was changed."
        )


def _in_reviews_under_way(session: Session, duplicate: Organisation, into: Organisation) -> list[_Pair]:
    periods = session.exec(select(Period).where(col(Period.state).in_(_MOVING)).order_by(col(Period.id))).all()
    return [
        _Pair(period, standing_in(session, period, duplicate.id or 0), standing_in(session, period, into.id or 0))
        for period in periods
    ]


def _require_one_answer(pairs: list[_Pair]) -> None:
    """Refuse where both have answered and the duplicate's answers would count: only a person can say which are right.

    Answers of one that was taken off the list do not count, so that they stay with it.
    """
    for pair in pairs:
        if not (pair.duplicate.on_list and pair.duplicate.has_answered and pair.into.has_answered):
            continue
        here, there, title = pair.duplicate.name, pair.into.name, pair.period.title
        if pair.into.on_list:
            raise RefusedError(
                f"{here} and {there} have both answered in {title}, and only one of the two can count. Ask the group "
                f"which answers are right. To keep those of {there}: open Periods, take {here} off the list of {title} "
                f"and merge again. To keep those of {here}: take {there} off the list, and merge it into {here} "
                "instead. Nothing was changed, and nothing was lost."
            )
        raise RefusedError(
            f"{there} was taken off the list of {title}, and {here} has answered there. To keep these answers, merge "
            f"{there} into {here} instead. Nothing was changed, and nothing was lost."
        )


def _end(session: Session, duplicate: Organisation, into: Organisation, why: str) -> None:
    """End the duplicate with yesterday, so that a review which opens today does not invite it."""
    yesterday = clock.today() - timedelta(days=1)
    duplicate.ends_on = max(min(duplicate.ends_on or yesterday, yesterday), duplicate.starts_on or yesterday)
    duplicate.successor_id = into.id
    session.add(
        OrganisationMerge(organisation_id=duplicate.id or 0, into_id=into.id or 0, reason=why, merged_at=clock.now())
    )
    session.flush()
