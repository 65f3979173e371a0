"""Adding, changing and taking away items of evidence. Groups are never asked for any, and may add what they like."""

from sqlmodel import Session, col, delete, func, select

from charter import audit, clock
from charter.evidence.fields import EvidenceFields, Tags, checked
from charter.evidence.files import GivenFile, keep_file
from charter.evidence.held import held_item, is_cited, require_may_publish
from charter.evidence.reading import fields_of
from charter.evidence.tags import put_tags, tags_of
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import EditedElsewhereError, FieldError, NotFoundError, RefusedError
from db.models import (
    ActionEvidence,
    AnswerEvidence,
    Evidence,
    EvidenceFile,
    EvidenceTag,
    MeasurementEvidence,
    Organisation,
)
from db.types import EvidenceSeenBy

ITEMS_LIMIT = 1_000  # of one organisation
_ELSEWHERE = (
    "This item was changed in another window after this page showed it. Nothing was overwritten: copy what you typed, "
    "and load the page again."
)
_SENT = (
    "Answers that were sent point to this item, so what it is stays as it was. You can change its tags, and who sees "
    "it. Nothing was changed."
)
_CITED = "Answers point to this item, so the monitoring group must be able to see it. Nothing was changed."


def add_evidence(
    session: Session, *, viewer: Viewer, organisation_id: int, fields: EvidenceFields, file: GivenFile | None = None
) -> int:
    """Add an item to an organisation's portfolio, and give its key.

    The same item again, with no file to it, is there already: nothing is doubled, and its key is given.

    Args:
        session: a writing session.
        viewer: who asks.
        organisation_id: the organisation.
        fields: what is said of it.
        file: its file, if it has one; it may have a link too, or neither.

    Raises:
        NotAllowedError: the viewer does not answer for this organisation.
        FieldError: a field or the file cannot be taken, or there are too many items.
        RefusedError: everyone would see it, and the viewer drafts a part of the body's answers only.
    """
    require(viewer, Act.KEEP_EVIDENCE, organisation_id=organisation_id)
    wanted = checked(fields)
    private = EvidenceSeenBy.PRIVATE
    require_may_publish(session, viewer=viewer, organisation_id=organisation_id, before=private, wanted=wanted.seen_by)
    # Two presses at once take turns here, so that the second finds what the first has added.
    _hold_portfolio(session, organisation_id)
    same = _same_item(session, organisation_id, wanted) if file is None else None
    if same is not None:
        return same
    _require_room(session, organisation_id)
    item = Evidence(organisation_id=organisation_id, title=wanted.title, added_at=clock.now())
    _write(item, wanted)
    session.add(item)
    session.flush()
    put_tags(session, evidence_id=item.id or 0, tags=wanted.tags)
    digest = keep_file(session, item=item, given=file) if file else ""
    detail = {"seen_by": wanted.seen_by.value} | ({"sha256": digest} if digest else {})
    audit.record(session, viewer, act="evidence_added", subject=f"evidence {item.id}", detail=detail)
    return item.id or 0


def change_evidence(
    session: Session,
    *,
    viewer: Viewer,
    evidence_id: int,
    seen: EvidenceFields,
    fields: EvidenceFields,
    file: GivenFile | None = None,
) -> None:
    """Change what is said of an item, who sees it, or its file.

    Args:
        session: a writing session.
        viewer: who asks.
        evidence_id: the item.
        seen: what the page showed.
        fields: what holds from now on.
        file: a file in place of the one that it has; None leaves that as it is.

    Raises:
        NotFoundError: there is no such item, or it is another organisation's.
        FieldError: a field or the file cannot be taken.
        EditedElsewhereError: it was changed since the page showed it.
        RefusedError: answers point to it that this would change, or everyone sees it, or would, and the viewer drafts
            a part of the body's answers only.
    """
    whose = session.exec(select(Evidence.organisation_id).where(Evidence.id == evidence_id)).first()
    if file is not None and whose is not None:
        # The organisation first and then the item, as a merge takes them.
        _hold_portfolio(session, whose)
    item = held_item(session, viewer=viewer, evidence_id=evidence_id)
    wanted = checked(fields)
    now = fields_of(item, tags_of(session, [evidence_id]).get(evidence_id, Tags()))
    if wanted == now and file is None:
        return
    if seen != now:
        raise EditedElsewhereError(_ELSEWHERE)
    _require_may_change(session, viewer, item, wanted, new_file=file is not None)
    _write(item, wanted)
    put_tags(session, evidence_id=evidence_id, tags=wanted.tags)
    detail = audit.changes({"seen_by": now.seen_by}, {"seen_by": wanted.seen_by})
    if file is not None:
        detail["sha256"] = keep_file(session, item=item, given=file)
    audit.record(session, viewer, act="evidence_changed", subject=f"evidence {evidence_id}", detail=detail)


def remove_evidence(session: Session, *, viewer: Viewer, evidence_id: int) -> None:
    """Take an item away, and its file for good. What was sent with it stays, so an item that was sent cannot go.

    Raises:
        NotFoundError: there is no such item, or it is another organisation's.
        RefusedError: an answer that was sent points to it, or everyone sees it and the viewer drafts a part of the
            body's answers only.
    """
    item = held_item(session, viewer=viewer, evidence_id=evidence_id)
    whose, private = item.organisation_id, EvidenceSeenBy.PRIVATE
    require_may_publish(session, viewer=viewer, organisation_id=whose, before=item.seen_by, wanted=private)
    if is_cited(session, evidence_id, sent=True):
        raise RefusedError("Answers that were sent point to this item, so it stays. Nothing was changed.")
    for table in (AnswerEvidence, MeasurementEvidence, ActionEvidence, EvidenceTag, EvidenceFile):
        session.exec(delete(table).where(col(table.evidence_id) == evidence_id))
    item.removed_at = clock.now()
    session.flush()
    detail = audit.changes({"removed_at": None}, {"removed_at": item.removed_at})
    audit.record(session, viewer, act="evidence_removed", subject=f"evidence {evidence_id}", detail=detail)


def _same_item(session: Session, organisation_id: int, wanted: EvidenceFields) -> int | None:
    rows = session.exec(
        select(Evidence).where(
            Evidence.organisation_id == organisation_id,
            Evidence.title == wanted.title,
            Evidence.link == wanted.link,
            col(Evidence.removed_at).is_(None),
        )
    ).all()
    tags = tags_of(session, [row.id or 0 for row in rows])
    return next((row.id for row in rows if fields_of(row, tags.get(row.id or 0, Tags())) == wanted), None)


def _write(item: Evidence, wanted: EvidenceFields) -> None:
    item.title, item.link, item.dated_on = wanted.title, wanted.link, wanted.dated_on
    item.kind, item.seen_by = wanted.kind, wanted.seen_by


def _require_may_change(
    session: Session, viewer: Viewer, item: Evidence, wanted: EvidenceFields, *, new_file: bool
) -> None:
    whose, key = item.organisation_id, item.id or 0
    require_may_publish(session, viewer=viewer, organisation_id=whose, before=item.seen_by, wanted=wanted.seen_by)
    if wanted.seen_by is EvidenceSeenBy.PRIVATE and is_cited(session, key, sent=False):
        raise RefusedError(_CITED)
    is_another = (item.title, item.link, item.dated_on) != (wanted.title, wanted.link, wanted.dated_on)
    if (is_another or new_file) and is_cited(session, key, sent=True):
        raise RefusedError(_SENT)


def _hold_portfolio(session: Session, organisation_id: int) -> None:
    """Hold the organisation until the end, so that two windows that add at once share one limit."""
    found = session.exec(
        select(Organisation.id).where(Organisation.id == organisation_id).with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFoundError("There is no such organisation. Nothing was changed.")


def _require_room(session: Session, organisation_id: int) -> None:
    own = select(func.count(col(Evidence.id))).where(Evidence.organisation_id == organisation_id)
    if session.exec(own.where(col(Evidence.removed_at).is_(None))).one() >= ITEMS_LIMIT:
        raise FieldError("title", f"You have {ITEMS_LIMIT:,} items already. Take one away first. Nothing was lost.")
