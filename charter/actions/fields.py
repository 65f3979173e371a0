"""What an action is, as it is typed: made fit to be stored, or refused beside its field."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, select

from charter.outcomes.typed_values import line, words
from charter.rules.refusals import FieldError
from db.models import Organisation
from db.types import PUBLIC_KINDS, ActionStatus, OrganisationKind, Precision

HEADING_LIMIT, DOER_LIMIT = 200, 200  # letters
MOST_DOERS = 20
_YEARS = range(2000, 2101)
_NAMED = (*sorted(PUBLIC_KINDS), OrganisationKind.BOARD)


@dataclass(frozen=True)
class Doer:
    """Who is to do an action: a public body or a board of the store, or words for one that is not in it."""

    organisation_id: int | None = None
    words: str = ""


@dataclass(frozen=True)
class ActionFields:
    """What an action is.

    Attributes:
        heading: what is to be done, on one line, up to 200 letters.
        organisation_id: the organisation that keeps it up to date; None where the coordinator does.
        details: more about it, up to 4,000 letters.
        doers: who is to do it; without any, the organisation that keeps it up to date.
        due_on: by when; None where it is ongoing.
        due_precision: whether that names a day, or any day of the month that is meant; None with `due_on`.
        status: where it stands.
        notes: what happened so far, up to 4,000 letters.
    """

    heading: str
    organisation_id: int | None = None
    details: str = ""
    doers: tuple[Doer, ...] = ()
    due_on: date | None = None
    due_precision: Precision | None = None
    status: ActionStatus = ActionStatus.NOT_STARTED
    notes: str = ""


def checked_fields(session: Session, fields: ActionFields) -> ActionFields:
    """Give an action's fields as they can be stored.

    Raises:
        FieldError: a field is missing, too long, or cannot be right.
    """
    if (fields.due_on is None) != (fields.due_precision is None):
        raise FieldError("due", "Please choose by when: a date, a month, or ongoing. Nothing was lost.")
    due = fields.due_on
    if due is not None and due.year not in _YEARS:
        raise FieldError("due", "Please check the year: it lies between 2000 and 2100. Nothing was lost.")
    if due is not None and fields.due_precision is Precision.MONTH:
        due = due.replace(day=1)
    return replace(
        fields,
        heading=line("heading", fields.heading, what="what is to be done", limit=HEADING_LIMIT),
        details=words("details", fields.details, what="the details", needed=False),
        notes=checked_notes(fields.notes),
        doers=_checked_doers(session, fields),
        due_on=due,
    )


def checked_notes(typed: str) -> str:
    """Give what is noted of how an action goes, as it can be stored.

    Raises:
        FieldError: it is too long.
    """
    return words("notes", typed, what="the notes", needed=False)


def _checked_doers(session: Session, fields: ActionFields) -> tuple[Doer, ...]:
    """Give those who are to do it, each once. No group is chosen by others: what they agreed to is typed in words."""
    found = dict.fromkeys(
        Doer(each.organisation_id, "" if each.organisation_id else _name(each.words)) for each in fields.doers
    )
    if len(found) > MOST_DOERS:
        raise FieldError("doers", f"Please name up to {MOST_DOERS}. Nothing was lost.")
    named = {each.organisation_id for each in found if each.organisation_id is not None} - {fields.organisation_id}
    known = select(Organisation.id).where(col(Organisation.id).in_(named), col(Organisation.kind).in_(_NAMED))
    if len(session.exec(known).all()) != len(named):
        raise FieldError("doers", "Please choose public bodies and boards, and type others in words. Nothing was lost.")
    if not found and fields.organisation_id is None:
        raise FieldError("doers", "Please say who is to do it. Nothing was lost.")
    return tuple(found)


def _name(typed: str) -> str:
    return line("doers", typed, what="who is to do it", limit=DOER_LIMIT)
