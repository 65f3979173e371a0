"""Adding organisations and changing what is known of them."""

from dataclasses import asdict
from datetime import date

from sqlmodel import Session, col, select

from charter import audit
from charter.organisations.fields import Fields, checked
from charter.previews import hold_reviews, refuse_if_in_shared
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import EditedElsewhereError, FieldError, NotFoundError, RefusedError
from db.models import Organisation, OrganisationMerge, Ward

_EDITED = (
    "Somebody else changed this organisation since you opened it. Nothing of yours was saved, and what you typed is "
    "still here. Look at what it says now, then save again."
)
_PRIVATE = frozenset({"email", "phone"})  # the log says that these were changed, and not to what
_DEEPEST = 20  # organisations that are parts of each other: more than there ever are


def add_organisation(session: Session, *, viewer: Viewer, typed: Fields) -> str:
    """Add an organisation to the list, and give its reference.

    Args:
        session: a writing session.
        viewer: a coordinator or the operator.
        typed: what is known of it. Without a reference it gets one of our own.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        FieldError: a field cannot be taken; nothing was added.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    fields = checked(typed)
    _require_possible(session, fields, organisation_id=None)
    row = Organisation(ref=fields.ref, name=fields.name, kind=fields.kind)
    _write(row, fields)
    session.add(row)
    session.flush()
    detail = {"ref": row.ref, "kind": row.kind.value}
    audit.record(session, viewer, act="organisation_added", subject=f"organisation {row.ref}", detail=detail)
    return row.ref


def edit_organisation(session: Session, *, viewer: Viewer, organisation_id: int, seen: Fields, typed: Fields) -> str:
    """Change what is known of an organisation, and give its reference.

    Args:
        session: a writing session.
        viewer: a coordinator or the operator.
        organisation_id: which one.
        seen: what the page showed before anything was typed.
        typed: what it shall be.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        NotFoundError: there is no such organisation.
        RefusedError: it was merged into another one, or figures that count it were shown and are not published.
        EditedElsewhereError: it is not as the page showed it any more.
        FieldError: a field cannot be taken; nothing was changed.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    hold_reviews(session)
    row = locked(session, organisation_id)
    now = fields_of(row)
    if now != seen:
        raise EditedElsewhereError(_EDITED)
    fields = checked(typed)
    if fields == now:
        return row.ref
    _require_possible(session, fields, organisation_id=organisation_id)
    if (fields.kind, fields.income_band, fields.ward_id) != (now.kind, now.income_band, now.ward_id):
        refuse_if_in_shared(session, organisation_id=organisation_id)
    _write(row, fields)
    session.flush()
    audit.record(
        session,
        viewer,
        act="organisation_edited",
        subject=f"organisation {row.ref}",
        detail=_changes(now, fields),
    )
    return row.ref


def locked(session: Session, organisation_id: int) -> Organisation:
    """Read an organisation and hold it until the write is over.

    Raises:
        NotFoundError: there is no such organisation.
        RefusedError: it was merged into another one.
    """
    row = session.exec(select(Organisation).where(Organisation.id == organisation_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFoundError("There is no such organisation. Nothing was changed.")
    if session.get(OrganisationMerge, organisation_id) is not None:
        raise RefusedError(f"{row.name} was merged into another organisation. Change that one. Nothing was changed.")
    return row


def fields_of(row: Organisation) -> Fields:
    """Give what is kept of an organisation."""
    return Fields(
        name=row.name,
        kind=row.kind,
        ref=row.ref,
        income_band=row.income_band,
        ward_id=row.ward_id,
        part_of_id=row.part_of_id,
        successor_id=row.successor_id,
        email=row.email or "",
        phone=row.phone or "",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def _write(row: Organisation, fields: Fields) -> None:
    for name, value in asdict(fields).items():
        setattr(row, name, (value or None) if name in _PRIVATE else value)


def _require_possible(session: Session, fields: Fields, *, organisation_id: int | None) -> None:
    """Refuse a reference that another has, a ward or an organisation that is not there, and a circle of parts."""
    other = session.exec(select(Organisation.id, Organisation.name).where(Organisation.ref == fields.ref)).one_or_none()
    if other is not None and other[0] != organisation_id:
        raise FieldError("ref", f"{other[1]} has this reference already. Nothing was changed.")
    if fields.ward_id is not None and session.get(Ward, fields.ward_id) is None:
        raise FieldError("ward_id", "There is no such ward. Nothing was changed.")
    for field, key in (("part_of_id", fields.part_of_id), ("successor_id", fields.successor_id)):
        if key is not None and (key == organisation_id or session.get(Organisation, key) is None):
            raise FieldError(field, "Choose another organisation of the list. Nothing was changed.")
    if fields.successor_id is not None and fields.ends_on is None:
        raise FieldError("ends_on", "Say on which day this organisation ended, as another took its place.")
    if organisation_id is not None and organisation_id in _wholes(session, fields.part_of_id):
        raise FieldError("part_of_id", "That organisation is itself a part of this one. Nothing was changed.")


def _wholes(session: Session, organisation_id: int | None) -> set[int]:
    """Give an organisation and all that it is a part of, from the nearest to the widest."""
    found: set[int] = set()
    while organisation_id is not None and organisation_id not in found and len(found) < _DEEPEST:
        found.add(organisation_id)
        organisation_id = session.exec(
            select(Organisation.part_of_id).where(col(Organisation.id) == organisation_id)
        ).one_or_none()
    return found


def _changes(before: Fields, after: Fields) -> dict[str, object]:
    """Tell what was changed, from what to what. Of ways to reach people, only that they were changed."""
    old, new = asdict(before), asdict(after)
    changed = [name for name in old if old[name] != new[name]]
    return {name: "changed" if name in _PRIVATE else [_word(old[name]), _word(new[name])] for name in changed}


def _word(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
