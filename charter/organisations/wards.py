"""Wards as dated data: a boundary review ends some, begins others, and gives new names."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from charter import audit, clock
from charter.previews import hold_reviews, refuse_if_ward_in_shared
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from charter.typed import clean_text
from db.locks import take_turns
from db.models import Organisation, Ward

NAME_LIMIT = 120  # characters
CODE_LIMIT = 40  # characters
_WARDS = 6_118_402_377  # the lock of those who add wards: two of one code cannot be told by a row that is not there yet


@dataclass(frozen=True)
class WardFound:
    """A ward while it was in force.

    Attributes:
        organisations: how many organisations lie in it by what the list says.
    """

    id: int
    code: str
    name: str
    starts_on: date
    ends_on: date | None
    organisations: int = 0

    def in_force(self, on: date) -> bool:
        """Tell whether the ward is there on a day."""
        return self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)


def list_wards(session: Session, *, viewer: Viewer) -> tuple[WardFound, ...]:
    """Read all wards, those in force and those that are over, by name.

    Raises:
        NotAllowedError: the viewer may not keep the list.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    statement = (
        select(Ward, func.count(col(Organisation.id)))
        .outerjoin(Organisation, col(Organisation.ward_id) == col(Ward.id))
        .group_by(col(Ward.id))
        .order_by(col(Ward.name), col(Ward.starts_on))
    )
    return tuple(
        WardFound(row.id or 0, row.code, row.name, row.starts_on, row.ends_on, int(count))
        for row, count in session.exec(statement)
    )


def add_ward(session: Session, *, viewer: Viewer, code: str, name: str, starts_on: date) -> int:
    """Add a ward from a day on, and give its key.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        FieldError: the code or the name cannot be taken, or a ward with this code is in force on that day.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    row = _new_ward(session, code=code, name=name, starts_on=starts_on)
    audit.record(session, viewer, act="ward_added", subject=f"ward {row.id}", detail=_told(row))
    return row.id or 0


def end_ward(session: Session, *, viewer: Viewer, ward_id: int, ends_on: date) -> None:
    """Say on which day a ward was last in force. Organisations keep it until another is chosen for them.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        NotFoundError: there is no such ward.
        RefusedError: it has ended already.
        FieldError: it began after that day.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    row = _end(session, ward_id=ward_id, ends_on=ends_on)
    detail = _told(row) | audit.changes({"ends_on": None}, {"ends_on": row.ends_on})
    audit.record(session, viewer, act="ward_ended", subject=f"ward {ward_id}", detail=detail)


def rename_ward(session: Session, *, viewer: Viewer, ward_id: int, name: str, code: str, starts_on: date) -> int:
    """Let a ward go on under another name from a day on, and give the key of the ward that follows it.

    The old one ends on the day before, and those who are there on that day move to the new one.

    Args:
        session: a writing session.
        viewer: a coordinator or the operator.
        ward_id: the ward.
        name: its new name.
        code: the code that goes with it; it may be the old one.
        starts_on: the first day of the new name.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        NotFoundError: there is no such ward.
        RefusedError: it has ended already, or figures that name it were shown and are not published.
        FieldError: the name, the code or the day cannot be taken.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    hold_reviews(session)
    refuse_if_ward_in_shared(session, ward_id=ward_id)
    old = _end(session, ward_id=ward_id, ends_on=starts_on - timedelta(days=1))
    new = _new_ward(session, code=code, name=name, starts_on=starts_on, made_up=old.made_up)
    there = col(Organisation.ends_on).is_(None) | (col(Organisation.ends_on) >= starts_on)
    session.execute(
        sa.update(Organisation).where(col(Organisation.ward_id) == ward_id, there).values(ward_id=new.id),
        execution_options={"synchronize_session": "fetch"},
    )
    detail = {"from": _told(old), "to": _told(new)}
    audit.record(session, viewer, act="ward_renamed", subject=f"ward {ward_id}", detail=detail)
    return new.id or 0


def _new_ward(session: Session, *, code: str, name: str, starts_on: date, made_up: bool = False) -> Ward:
    written, called = clean_text(code).upper(), " ".join(clean_text(name).split())
    if not 0 < len(written) <= CODE_LIMIT:
        raise FieldError("code", "Type the ward's code, such as E05000001. Nothing was changed.")
    if not 0 < len(called) <= NAME_LIMIT:
        raise FieldError("name", f"Type the ward's name, in up to {NAME_LIMIT} letters. Nothing was changed.")
    take_turns(session, _WARDS)
    others = session.exec(select(Ward).where(Ward.code == written).with_for_update()).all()
    # One that begins later stands in the way too: the new one would still be in force then.
    if any(other.ends_on is None or other.ends_on >= starts_on for other in others):
        raise FieldError("code", f"{written} is in force on that day already. End that ward first.")
    row = Ward(code=written, name=called, starts_on=starts_on, made_up=made_up)
    session.add(row)
    session.flush()
    return row


def _end(session: Session, *, ward_id: int, ends_on: date) -> Ward:
    row = session.exec(select(Ward).where(Ward.id == ward_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFoundError("There is no such ward. Nothing was changed.")
    if row.ends_on is not None:
        raise RefusedError(f"{row.name} ended on {clock.day_in_words(row.ends_on)} already. Nothing was changed.")
    if ends_on < row.starts_on:
        raise FieldError(
            "day", f"{row.name} began on {clock.day_in_words(row.starts_on)}. Choose a later day. Nothing was changed."
        )
    row.ends_on = ends_on
    session.flush()
    return row


def _told(row: Ward) -> dict[str, object]:
    return {"code": row.code, "name": row.name, "starts_on": row.starts_on, "ends_on": row.ends_on}
