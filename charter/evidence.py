"""Evidence: what a public body points to for its answers. An item is collected once, and cited by many answers.

Groups are never asked for evidence: what they say is what they experienced.
"""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from sqlmodel import Session, col, delete, select

from charter import audit, clock
from charter.assessments import organisation_row
from charter.rules import workflow
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from charter.typed import clean_text
from db.models import Answer, AnswerEvidence, Evidence, Organisation, SelfAssessment
from db.types import PUBLIC_KINDS, SelfAssessmentState

TITLE_LIMIT, LINK_LIMIT = 200, 500  # letters
_GROUP = "Groups are never asked for evidence. Nothing was changed."


@dataclass(frozen=True)
class EvidenceFound:
    """An item of evidence. The link and the date may be missing."""

    id: int
    title: str
    link: str
    dated_on: date | None


def add_evidence(
    session: Session, *, viewer: Viewer, organisation_id: int, title: str, link: str = "", dated_on: date | None = None
) -> int:
    """Add an item to what a public body can point to, and give its key.

    The same item again, by its title, link and day, is there already: nothing is doubled, and its key is given.

    Args:
        session: a writing session.
        viewer: who asks.
        organisation_id: the public body.
        title: what it is, up to 200 letters.
        link: where it can be read, as an `http://` or `https://` address of up to 500 letters; empty for none.
        dated_on: the day it is of; not one that is still to come.

    Raises:
        NotAllowedError: the viewer does not answer for this organisation.
        RefusedError: the organisation is a group.
        FieldError: the title, the link or the date cannot be taken.
    """
    require_body(session, viewer=viewer, organisation_id=organisation_id)
    given = EvidenceFound(0, _title(title), _link(link), _day(dated_on))
    # Two presses at once take turns here, so that the second finds what the first has added.
    session.exec(
        select(Organisation.id).where(Organisation.id == organisation_id).with_for_update(key_share=True)
    ).one()
    same = next((held for held in items_of(session, organisation_id) if replace(held, id=0) == given), None)
    if same is not None:
        return same.id
    item = Evidence(
        organisation_id=organisation_id,
        title=given.title,
        link=given.link,
        dated_on=given.dated_on,
        added_at=clock.now(),
    )
    session.add(item)
    session.flush()
    audit.record(session, viewer, act="evidence_added", subject=f"evidence {item.id}")
    return item.id or 0


def remove_evidence(session: Session, *, viewer: Viewer, organisation_id: int, evidence_id: int) -> None:
    """Take an item away. What was sent with it stays as it was, so an item that was sent cannot go.

    Raises:
        NotAllowedError: the viewer does not answer for this organisation.
        NotFoundError: the organisation has no such item.
        RefusedError: an answer that was sent points to it.
    """
    require_body(session, viewer=viewer, organisation_id=organisation_id)
    item = session.exec(
        select(Evidence)
        .where(Evidence.id == evidence_id, Evidence.organisation_id == organisation_id)
        .where(col(Evidence.removed_at).is_(None))
        .with_for_update()
    ).first()
    if item is None:
        raise NotFoundError("There is no such item. Nothing was changed.")
    states = session.exec(
        select(SelfAssessment.state)
        .join(Answer, col(Answer.self_assessment_id) == col(SelfAssessment.id))
        .join(AnswerEvidence, col(AnswerEvidence.answer_id) == col(Answer.id))
        .where(AnswerEvidence.evidence_id == evidence_id)
    ).all()
    if not all(workflow.editable(SelfAssessmentState(state)) for state in states):
        raise RefusedError("Answers that were sent point to this item, so it stays. Nothing was changed.")
    session.exec(delete(AnswerEvidence).where(col(AnswerEvidence.evidence_id) == evidence_id))
    item.removed_at = clock.now()
    session.flush()
    audit.record(session, viewer, act="evidence_removed", subject=f"evidence {evidence_id}")


def list_evidence(session: Session, *, viewer: Viewer, organisation_id: int) -> tuple[EvidenceFound, ...]:
    """Read what a public body can point to, the newest first; of a group, nothing.

    Raises:
        NotAllowedError: the viewer may not see this body's answers.
    """
    if organisation_row(session, organisation_id).kind not in PUBLIC_KINDS:
        return ()
    require(viewer, Act.READ_BODY_ANSWERS, organisation_id=organisation_id)
    return items_of(session, organisation_id)


def require_body(session: Session, *, viewer: Viewer, organisation_id: int) -> None:
    """Refuse all but those who answer for a public body.

    Raises:
        NotAllowedError: the viewer does not answer for this organisation.
        RefusedError: the organisation is a group.
    """
    require(viewer, Act.ANSWER, organisation_id=organisation_id)
    if organisation_row(session, organisation_id).kind not in PUBLIC_KINDS:
        raise RefusedError(_GROUP)


def items_of(session: Session, organisation_id: int) -> tuple[EvidenceFound, ...]:
    """Read what an organisation can point to, the newest first. The caller has asked for access."""
    rows = session.exec(
        select(Evidence)
        .where(Evidence.organisation_id == organisation_id, col(Evidence.removed_at).is_(None))
        .order_by(col(Evidence.added_at).desc(), col(Evidence.id).desc())
    )
    return tuple(EvidenceFound(row.id or 0, row.title, row.link, row.dated_on) for row in rows)


def _title(typed: str) -> str:
    title = " ".join(clean_text(typed).split())
    if not title:
        raise FieldError("title", "Please type what the item is. Nothing was lost.")
    if len(title) > TITLE_LIMIT:
        raise FieldError("title", f"A title can have up to {TITLE_LIMIT} letters. Nothing was lost.")
    return title


def _link(typed: str) -> str:
    """Check an address: only what a browser opens as a page, so that no link can run a script."""
    link = clean_text(typed)
    if not link:
        return ""
    if len(link) > LINK_LIMIT:
        raise FieldError("link", f"A link can have up to {LINK_LIMIT} letters. Nothing was lost.")
    if not _is_web_address(link):
        raise FieldError("link", "A link begins with https:// or http:// and has no spaces in it. Nothing was lost.")
    return link


def _is_web_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and not any(sign.isspace() for sign in link)


def _day(day: date | None) -> date | None:
    if day is not None and day > clock.today():
        raise FieldError("dated_on", "This day is still to come. Please check the date. Nothing was lost.")
    return day
