"""Making an action, changing it, and saying how it stands. What it was before is kept."""

from typing import Any

from sqlmodel import Session, col, delete, select

from charter import audit, clock
from charter.actions.fields import ActionFields, Doer, checked_fields, checked_notes
from charter.actions.held import held_action, keep_before, require_doer, require_keeper
from charter.actions.sources import ActionSources, Keys, found_sources, joins_made_up, keep_sources, stored_sources
from charter.concerns.seeing import seen_concern
from charter.made_up import is_made_up
from charter.outcomes.held import require_seen
from charter.rules.access import Viewer
from charter.rules.concerns import may_decide
from charter.rules.refusals import NotAllowedError, RefusedError
from charter.saved import Saved
from charter.tokens import readable
from db.models import Action, ActionOwner
from db.types import ActionStatus

_OWN = ("heading", "details", "due_on", "due_precision", "status", "notes")


def make_action(session: Session, *, viewer: Viewer, fields: ActionFields, sources: ActionSources) -> str:
    """Make an action, and give its reference.

    An organisation makes its own, the coordinator anybody's; the monitoring group makes what comes of a concern.

    Args:
        session: a writing session.
        viewer: who asks.
        fields: what it is.
        sources: what it came from.

    Raises:
        NotAllowedError: the viewer may not keep this organisation's actions, or would decide about their own body.
        RefusedError: the viewer drafts a part of the organisation's answers only.
        NotFoundError: something that it is to come from is not there.
        FieldError: a field cannot be taken, or what is made up and what is real are mixed.
    """
    keeper = fields.organisation_id
    require_keeper(session, viewer=viewer, organisation_id=keeper, from_concern=bool(sources.concerns))
    _require_deciding(session, viewer, sources)
    wanted = checked_fields(session, fields)
    found = found_sources(session, sources, organisation_id=keeper)
    made_up, now = joins_made_up(session, found, organisations=_named(wanted)), clock.now()
    row = Action(
        ref=f"AC-{readable()}",
        organisation_id=keeper,
        created_at=now,
        changed_at=now,
        made_up=is_made_up(session, viewer) if made_up is None else made_up,
        **_columns(wanted),
    )
    session.add(row)
    session.flush()
    _keep_doers(session, row, wanted.doers)
    keep_sources(session, row, found)
    audit.record(session, viewer, act="action_made", subject=f"action {row.ref}")
    return row.ref


def change_action(
    session: Session, *, viewer: Viewer, ref: str, fields: ActionFields, sources: ActionSources, seen_revision: int
) -> Saved:
    """Change an action, and keep it as it was. One that nobody kept may be given to an organisation, once.

    Args:
        session: a writing session.
        viewer: who asks.
        ref: the action.
        fields: what it is from now on.
        sources: what it came from; a concern that it came from already need not be named, and stays.
        seen_revision: the revision that the page showed.

    Raises:
        NotFoundError: there is no such action, or something that it is to come from is not there.
        NotAllowedError: the viewer may not keep this organisation's actions, or would decide about their own body.
        RefusedError: the action is history or would change hands, or the viewer drafts a part only.
        FieldError: a field cannot be taken, or what is made up and what is real are mixed.
        EditedElsewhereError: it was changed since the page showed it.
    """
    row = held_action(session, ref=ref)
    from_concern = bool(sources.concerns)
    require_keeper(session, viewer=viewer, organisation_id=row.organisation_id, from_concern=from_concern)
    _require_deciding(session, viewer, sources)
    if row.organisation_id not in {None, fields.organisation_id}:
        raise RefusedError("An action stays with the organisation that keeps it up to date. Nothing was changed.")
    if row.organisation_id != fields.organisation_id:
        require_keeper(session, viewer=viewer, organisation_id=fields.organisation_id)
    wanted = checked_fields(session, fields)
    found = found_sources(session, sources, organisation_id=fields.organisation_id)
    require_seen(row.revision, seen=seen_revision)
    if _is_as_wanted(session, row, wanted, found):
        return Saved(row.revision, row.changed_at)
    joins_made_up(session, found, organisations=_named(wanted), stored=row.made_up)
    keep_before(session, row, viewer=viewer)
    before = _told(session, row)
    row.organisation_id = wanted.organisation_id
    for name, value in _columns(wanted).items():
        setattr(row, name, value)
    session.flush()
    _keep_doers(session, row, wanted.doers)
    keep_sources(session, row, found)
    detail = audit.changes(before, _told(session, row))
    audit.record(session, viewer, act="action_changed", subject=f"action {ref}", detail=detail)
    return Saved(row.revision, row.changed_at)


def say_how_it_stands(
    session: Session,
    *,
    viewer: Viewer,
    ref: str,
    status: ActionStatus,
    seen_revision: int,
    notes: str | None = None,
) -> Saved:
    """Say where an action stands. Everybody reads it with the next release.

    Whoever keeps the action may, and the organisations that are to do it.

    Args:
        session: a writing session.
        viewer: who asks.
        ref: the action.
        status: where it stands.
        seen_revision: the revision that the page showed.
        notes: what happened so far, in place of what was noted; None leaves that as it is.

    Raises:
        NotFoundError: there is no such action.
        NotAllowedError: the action is none of the viewer's.
        RefusedError: the action is history, or the viewer drafts a part only.
        FieldError: the notes are too long.
        EditedElsewhereError: it was changed since the page showed it.
    """
    row = held_action(session, ref=ref)
    require_doer(session, viewer=viewer, row=row)
    said = row.notes if notes is None else checked_notes(notes)
    if (row.status, row.notes) == (status, said):
        return Saved(row.revision, row.changed_at)
    require_seen(row.revision, seen=seen_revision)
    keep_before(session, row, viewer=viewer)
    detail = audit.changes({"status": row.status, "notes": row.notes}, {"status": status, "notes": said})
    row.status, row.notes = status, said
    session.flush()
    audit.record(session, viewer, act="action_status_set", subject=f"action {ref}", detail=detail)
    return Saved(row.revision, row.changed_at)


def _require_deciding(session: Session, viewer: Viewer, sources: ActionSources) -> None:
    """Refuse an action that comes of a concern to all but those who decide on that concern."""
    for ref in sorted(sources.concerns):
        if not may_decide(seen_concern(session, viewer=viewer, ref=ref).parts):
            raise NotAllowedError("Only those who decide on a concern say what comes of it. Nothing was changed.")


def _is_as_wanted(session: Session, row: Action, wanted: ActionFields, found: Keys) -> bool:
    stored = stored_sources(session, row)
    return (
        row.organisation_id == wanted.organisation_id
        and all(getattr(row, name) == value for name, value in _columns(wanted).items())
        and _stored_doers(session, row) == wanted.doers
        and all(stored[column] == keys for column, keys in found.items() if column != "concern_id")
        and stored["concern_id"] >= found["concern_id"]
    )


def _columns(fields: ActionFields | Action) -> dict[str, Any]:
    return {name: getattr(fields, name) for name in _OWN}


def _told(session: Session, row: Action) -> dict[str, object]:
    """Give all that an action says, for the audit log."""
    doers = [f"{each.organisation_id or ''} {each.words}".strip() for each in _stored_doers(session, row)]
    sources = {column: sorted(keys) for column, keys in stored_sources(session, row).items() if keys}
    return {"organisation_id": row.organisation_id, **_columns(row), "doers": doers, "sources": sources}


def _named(fields: ActionFields) -> set[int]:
    everyone = (fields.organisation_id, *(each.organisation_id for each in fields.doers))
    return {each for each in everyone if each is not None}


def _stored_doers(session: Session, row: Action) -> tuple[Doer, ...]:
    rows = session.exec(select(ActionOwner).where(ActionOwner.action_id == row.id).order_by(col(ActionOwner.position)))
    return tuple(Doer(each.organisation_id, each.words) for each in rows)


def _keep_doers(session: Session, row: Action, doers: tuple[Doer, ...]) -> None:
    session.exec(delete(ActionOwner).where(col(ActionOwner.action_id) == row.id))
    session.add_all(
        ActionOwner(action_id=row.id or 0, position=place, organisation_id=each.organisation_id, words=each.words)
        for place, each in enumerate(doers, start=1)
    )
    session.flush()
