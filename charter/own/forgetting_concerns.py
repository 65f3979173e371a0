"""Taking what people said, and their names, out of concerns. That there was one, and how it ended, stays."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select, update

from charter.concerns.raising import end
from charter.concerns.seeing import referred_ids
from charter.own.forgetting import NAME, take_addresses_away
from charter.rules.access import Viewer
from charter.rules.concerns import OPEN
from db.models import Champion, Concern, ConcernReply, ConcernStep, Mail, Organisation
from db.types import ConcernState, MailKind

WORDS = "(words removed)"


def take_words_away(session: Session, *, viewer: Viewer, organisation_id: int) -> None:
    """Take a group's words out of the concerns that it raised. One that is open is withdrawn: none could answer it."""
    rows = session.exec(select(Concern).where(Concern.raised_by_id == organisation_id).with_for_update()).all()
    for row in rows:
        if row.state in OPEN:
            end(session, viewer=viewer, row=row)
        row.words, row.revision = WORDS, row.revision + 1
    session.flush()
    keys = [row.id or 0 for row in rows]
    session.exec(
        update(ConcernReply)
        .where(col(ConcernReply.concern_id).in_(keys), col(ConcernReply.organisation_id) == organisation_id)
        .values(words=WORDS)
    )
    session.exec(update(ConcernStep).where(col(ConcernStep.concern_id).in_(keys), _by_raiser()).values(words=""))


def take_officers_away(session: Session, *, organisation_id: int, name: str | None = None) -> None:
    """Take the officers whom the monitoring group asked to attend, or one of them, out of concerns about a body."""
    about = select(Concern.id).where(col(Concern.about_id) == organisation_id)
    officer = col(ConcernStep.officer)
    session.exec(
        update(ConcernStep)
        .where(col(ConcernStep.concern_id).in_(about), officer != "" if name is None else officer == name)
        .values(officer=NAME)
    )


def take_letters_away(session: Session, *, organisation_id: int) -> None:
    """Take the addresses of an organisation and of its champions out of letters about concerns."""
    champions = session.exec(select(Champion.email).where(Champion.organisation_id == organisation_id)).all()
    own = session.exec(select(Organisation.email).where(Organisation.id == organisation_id)).all()
    held = {address.lower() for address in (*champions, *own) if address}
    take_addresses_away(session, (col(Mail.kind) == MailKind.CONCERN) & func.lower(col(Mail.address)).in_(held))


def _by_raiser() -> ColumnElement[bool]:
    """Give the condition for the steps that whoever raised a concern took: passing on, settling and withdrawing."""
    state = col(ConcernStep.state)
    passed_on = (state == ConcernState.WITH_MONITORING_GROUP) & (col(ConcernStep.officer) == "")
    settled = (state == ConcernState.AGREED) & col(ConcernStep.concern_id).not_in(referred_ids())
    return (state == ConcernState.WITHDRAWN) | passed_on | settled
