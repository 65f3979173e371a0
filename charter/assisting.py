"""Beginning to type answers in for a group that rang, wrote, or was met."""

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.assessments import add_row, find_row, organisation_row, require_invited
from charter.holding import hold_period
from charter.pages_of_rows import has_words
from charter.periods import period_by_id, require_open
from charter.questions import side_of
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotAllowedError
from charter.typed import clean_text
from db.models import Assistance, Invitation, Organisation
from db.types import VCFSE_KINDS, AssistedHow, Side

NAME_LIMIT = 120  # letters
MOST_FOUND = 10  # groups that a search shows


def begin_assisting(
    session: Session, *, viewer: Viewer, organisation_id: int, period_id: int, how: AssistedHow, spoke_to: str
) -> str:
    """Write down that the coordinator types in for a group, and give the reference of the group's self-assessment.

    From then on its form is open to the coordinator as it is to the group, until the period closes. A second time
    changes how and with whom; that there was a first time stays in the audit log.

    Args:
        session: a writing session.
        viewer: who asks.
        organisation_id: a group on the period's invitation list.
        period_id: an open period.
        how: how the group gives its answers.
        spoke_to: the name of the person who gives them, in up to 120 letters.

    Raises:
        NotAllowedError: the viewer is no coordinator, or the organisation is a public body, which answers by itself.
        ClosedError: the period takes no answers.
        NotFoundError: there is no such organisation, or it is not on the list.
        FieldError: the name is missing or too long.
    """
    require(viewer, Act.ASSIST)
    if side_of(organisation_row(session, organisation_id).kind) is not Side.VCFSE:
        raise NotAllowedError("A public body answers by itself, so nobody types in for it. Nothing was changed.")
    name = " ".join(clean_text(spoke_to).split())
    if not 0 < len(name) <= NAME_LIMIT:
        raise FieldError("spoke_to", f"Type who gives you the answers, in up to {NAME_LIMIT} letters.")
    hold_period(session, period_id=period_id, alone=False)
    require_open(period_by_id(session, period_id=period_id))
    whose = {"organisation_id": organisation_id, "period_id": period_id}
    require_invited(session, **whose, lock=True)
    row = find_row(session, **whose, lock=True) or add_row(session, viewer=viewer, **whose)
    found = session.exec(select(Assistance).where(Assistance.self_assessment_id == row.id)).first()
    assistance = found or Assistance(self_assessment_id=row.id or 0, how=how, spoke_to=name, began_at=clock.now())
    assistance.account_id, assistance.how, assistance.spoke_to = viewer.account_id, how, name
    assistance.began_at = clock.now()
    session.add(assistance)
    audit.record(session, viewer, act="answers_assisted", subject=f"self_assessment {row.ref}", detail={"how": how})
    return row.ref


def find_groups(session: Session, *, viewer: Viewer, period_id: int, search: str) -> tuple[tuple[str, str], ...]:
    """Find groups on a period's list by name or reference: reference and name of the first ten.

    Raises:
        NotAllowedError: the viewer is no coordinator.
    """
    require(viewer, Act.ASSIST)
    if not clean_text(search):
        return ()
    statement = (
        select(Organisation.ref, Organisation.name)
        .join(Invitation, col(Invitation.organisation_id) == col(Organisation.id))
        .where(
            Invitation.period_id == period_id,
            col(Invitation.removed_at).is_(None),
            col(Organisation.kind).in_(VCFSE_KINDS),
            *has_words(search, col(Organisation.name), col(Organisation.ref)),
        )
        .order_by(col(Organisation.name))
        .limit(MOST_FOUND)
    )
    return tuple((ref, name) for ref, name in session.exec(statement))
