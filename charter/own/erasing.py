"""Taking an organisation's personal data away. Its answers, and everything that was published, stay."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, select, update

from charter import audit
from charter.drafting import require_lead
from charter.own.about import entries_by_own_people
from charter.own.forgetting import erase_details, invitations_of, take_addresses_away, take_names_away, without_address
from charter.own.forgetting_concerns import take_letters_away, take_officers_away, take_words_away
from charter.own.forgetting_evidence import take_evidence_away
from charter.previews import is_shared
from charter.questions import side_of
from charter.rules.access import Act, Viewer, require
from db.models import Answer, Champion, Mail, Organisation, Period, SelfAssessment
from db.types import PeriodState, Side


@dataclass(frozen=True)
class Erased:
    """What became of an organisation's comments.

    Attributes:
        kept: the titles of the reviews in which they stay until the review is published (rule 9f).
    """

    kept: tuple[str, ...]


def reviews_that_hold_still(session: Session, *, viewer: Viewer, organisation_id: int) -> tuple[str, ...]:
    """Read in which reviews a group's comments stay: figures were shown to somebody, and are not published yet.

    Raises:
        NotAllowedError: the organisation is not the viewer's.
    """
    require(viewer, Act.READ_OWN, organisation_id=organisation_id)
    return tuple(title for _, title in _held_still(session, organisation_id, lock=False))


def erase_personal_data(session: Session, *, viewer: Viewer, organisation_id: int) -> Erased:
    """Take away the organisation's e-mail address and telephone number, names, comments, and traces of its people.

    The levels stay, and so does every published figure. A public body's comments stay too: it answers by name, and
    they are what its practice was reviewed by. A group's words go out of the concerns that it raised, and those of
    them that are open are withdrawn. Its evidence goes too; a public body's stays, as it was reviewed by that. Its
    people can still sign in.

    Args:
        session: a writing session.
        viewer: who asks; for a public body, one of its leads.
        organisation_id: the organisation.

    Raises:
        NotAllowedError: the organisation is not the viewer's.
        RefusedError: the viewer drafts a part of its answers only.
    """
    require(viewer, Act.REMOVE_OWN_DATA, organisation_id=organisation_id)
    require_lead(session, viewer=viewer, organisation_id=organisation_id)
    row = session.exec(select(Organisation).where(Organisation.id == organisation_id).with_for_update()).one()
    if side_of(row.kind) is Side.VCFSE:
        take_words_away(session, viewer=without_address(viewer), organisation_id=organisation_id)
    take_officers_away(session, organisation_id=organisation_id)
    take_letters_away(session, organisation_id=organisation_id)
    row.email, row.phone = None, None
    held = _held_still(session, organisation_id, lock=True)
    if side_of(row.kind) is Side.VCFSE:
        _erase_comments(session, organisation_id, but=[key for key, _ in held])
        take_evidence_away(session, organisation_id=organisation_id)
    take_names_away(session, organisation_id=organisation_id)
    session.exec(delete(Champion).where(col(Champion.organisation_id) == organisation_id))
    take_addresses_away(session, col(Mail.invitation_id).in_(invitations_of(organisation_id)))
    erase_details(session, entries_by_own_people(session, organisation_id=organisation_id))
    audit.record(session, without_address(viewer), act="personal_data_erased", subject=f"organisation {row.ref}")
    return Erased(kept=tuple(title for _, title in held))


def _held_still(session: Session, organisation_id: int, *, lock: bool) -> list[tuple[int, str]]:
    """Read the reviews whose figures were shown and are not published, for a write held against a change meanwhile."""
    statement = (
        select(Period)
        .join(SelfAssessment, col(SelfAssessment.period_id) == col(Period.id))
        .where(SelfAssessment.organisation_id == organisation_id, col(Period.state) != PeriodState.PUBLISHED)
        .order_by(col(Period.opens_on))
    )
    periods = session.exec(statement.with_for_update(read=True, of=Period) if lock else statement).all()
    return [(each.id or 0, each.title) for each in periods if is_shared(session, period_id=each.id or 0)]


def _erase_comments(session: Session, organisation_id: int, *, but: list[int]) -> None:
    """Empty comments. The revision grows, so that a page which still shows one does not bring it back."""
    own: ColumnElement[bool] = col(SelfAssessment.organisation_id) == organisation_id
    rows = select(SelfAssessment.id).where(own, col(SelfAssessment.period_id).not_in(but))
    session.exec(
        update(Answer)
        .where(col(Answer.self_assessment_id).in_(rows), col(Answer.comment) != "")
        .values(comment="", may_be_quoted=False, revision=col(Answer.revision) + 1)
    )
