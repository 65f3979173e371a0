"""The charter champion of each public body: one at a time, from a day and until one."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from charter import audit, clock
from charter.mail.addresses import usable_address
from charter.organisations.keeping import locked
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotFoundError, RefusedError
from charter.typed import clean_text
from db.models import Champion, Organisation
from db.types import PUBLIC_KINDS

NAME_LIMIT = 120  # characters


@dataclass(frozen=True)
class ChampionFound:
    """A champion of a public body, now or once."""

    id: int
    name: str
    email: str
    since: date
    until: date | None


def list_champions(session: Session, *, viewer: Viewer, organisation_id: int) -> tuple[ChampionFound, ...]:
    """Read the champions of a body, the newest first.

    Raises:
        NotAllowedError: the viewer may not keep the list.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    rows = session.exec(_of(organisation_id))
    return tuple(ChampionFound(row.id or 0, row.name, row.email or "", row.since, row.until) for row in rows)


def name_champion(
    session: Session, *, viewer: Viewer, organisation_id: int, name: str, email: str, since: date
) -> None:
    """Name a body's champion from a day on. Whoever was it before is it until the day before.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        NotFoundError: there is no such organisation.
        RefusedError: it is no public body, or was merged into another one.
        FieldError: the name, the address or the day cannot be taken.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    body = locked(session, organisation_id)
    if body.kind not in PUBLIC_KINDS:
        raise RefusedError("Only a public body names a charter champion. Nothing was changed.")
    called = " ".join(clean_text(name).split())
    if not 0 < len(called) <= NAME_LIMIT:
        raise FieldError("name", f"Type the champion’s name, in up to {NAME_LIMIT} letters. Nothing was changed.")
    address = usable_address(email)
    if email.strip() and address is None:
        raise FieldError("email", "No mail can go to this address. It should look like name@example.org.")
    before = _make_room(session, organisation_id, since)
    row = Champion(organisation_id=organisation_id, name=called, email=address, since=since)
    session.add(row)
    session.flush()
    # Who they are is with the champions, whose names can be taken away.
    detail = {"day": since, **audit.changes({"champion": before}, {"champion": row.id})}
    audit.record(session, viewer, act="champion_named", subject=f"organisation {body.ref}", detail=detail)


def end_champion(session: Session, *, viewer: Viewer, champion_id: int, until: date) -> None:
    """Say until which day somebody was a body's champion.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        NotFoundError: there is no such champion.
        RefusedError: that has ended already.
        FieldError: it began after that day.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    row = session.exec(select(Champion).where(Champion.id == champion_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFoundError("There is no such champion. Nothing was changed.")
    if row.until is not None:
        raise RefusedError("That has ended already. Nothing was changed.")
    if until < row.since:
        raise FieldError("until", f"It began on {clock.day_in_words(row.since)}. Choose a later day.")
    detail = {"champion": champion_id, **audit.changes({"until": row.until}, {"until": until})}
    row.until = until
    subject = f"organisation {session.get_one(Organisation, row.organisation_id).ref}"
    audit.record(session, viewer, act="champion_ended", subject=subject, detail=detail)


def _make_room(session: Session, organisation_id: int, since: date) -> int | None:
    """End whoever is the champion on the day before, and refuse a day on which another began or was it already."""
    newest = session.exec(_of(organisation_id)).first()
    if newest is None:
        return None
    if since <= max(newest.since, newest.until or newest.since):
        raise FieldError("since", f"{newest.name} was the champion on that day. Choose a later one.")
    newest.until = newest.until or since - timedelta(days=1)
    return newest.id


def _of(organisation_id: int) -> SelectOfScalar[Champion]:
    return (
        select(Champion)
        .where(Champion.organisation_id == organisation_id)
        .order_by(col(Champion.since).desc(), col(Champion.id).desc())
    )
