"""What is held of an organisation's concerns: those that it raised, and those about it that its leads may read."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from charter.concerns.seeing import referred_ids
from charter.own.data_rows import Held, plain_row
from db.models import Commitment, Concern, ConcernReply, ConcernStep, Organisation


def concerns_held(session: Session, organisation_id: int) -> Held:
    """Give the concerns that it raised, and those about it, each with its steps and with what both sides said.

    One that is still with the charter champion is the champion's alone to read, so it is not among them.
    """
    passed_on = (col(Concern.about_id) == organisation_id) & col(Concern.id).in_(referred_ids())
    return {
        "concerns_raised": _concerns(session, col(Concern.raised_by_id) == organisation_id),
        "concerns_about_it": _concerns(session, passed_on),
    }


def refs_of_concerns(session: Session, organisation_id: int) -> list[str]:
    """Give the references of the concerns that an organisation raised, and of those about it that were passed on."""
    own = (col(Concern.raised_by_id) == organisation_id) | (
        (col(Concern.about_id) == organisation_id) & col(Concern.id).in_(referred_ids())
    )
    return list(session.exec(select(Concern.ref).where(own).order_by(col(Concern.id))))


def _concerns(session: Session, wanted: sa.ColumnElement[bool]) -> list[Held]:
    raiser, body = aliased(Organisation), aliased(Organisation)
    rows = session.execute(
        sa.select(Concern, col(Commitment.ref), col(raiser.name), col(body.name))
        .join(Commitment, col(Commitment.id) == col(Concern.commitment_id))
        .join(raiser, col(raiser.id) == col(Concern.raised_by_id))
        .join(body, col(body.id) == col(Concern.about_id))
        .where(wanted)
        .order_by(col(Concern.raised_at))
    ).all()
    return [
        plain_row(
            row,
            commitment=ref,
            raised_by=by,
            about=about,
            steps=[
                plain_row(each) for each in session.exec(select(ConcernStep).where(ConcernStep.concern_id == row.id))
            ],
            said=_said(session, row),
        )
        for row, ref, by, about in rows
    ]


def _said(session: Session, row: Concern) -> list[Held]:
    replies = session.exec(
        select(ConcernReply, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(ConcernReply.organisation_id))
        .where(ConcernReply.concern_id == row.id)
        .order_by(col(ConcernReply.replied_at))
    )
    return [plain_row(each, by=name) for each, name in replies]
