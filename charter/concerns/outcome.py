"""What comes of a concern: an action of the body that it is about, made anew or revised."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from charter.actions.fields import ActionFields
from charter.actions.making import change_action, make_action
from charter.actions.reading import read_action
from charter.actions.sources import ActionSources
from charter.rules.access import Viewer
from charter.rules.refusals import NotFoundError
from db.models import Concern
from db.types import Precision


@dataclass(frozen=True)
class Agreed:
    """An action that was agreed.

    Attributes:
        heading: what is to be done, on one line, up to 200 letters.
        details: more about it; may be empty.
        due_on: by when; None where it is ongoing.
        due_precision: whether that names a day, or any day of the month that is meant; None with `due_on`.
        revises: the body's own action that becomes this; empty for a new one.
        seen_revision: of the action that is revised, the revision that the page showed.
    """

    heading: str
    details: str = ""
    due_on: date | None = None
    due_precision: Precision | None = None
    revises: str = ""
    seen_revision: int = 0


def make_or_revise(session: Session, *, viewer: Viewer, row: Concern, agreed: Agreed) -> str:
    """Make or revise the action that was agreed, and give its reference. The caller has asked who decides.

    Raises:
        NotFoundError: the body has no such action.
        FieldError: a field cannot be taken.
        EditedElsewhereError: the action was changed since the page showed it.
    """
    concerns = frozenset({row.ref})
    if not agreed.revises:
        fields = _with(ActionFields(heading="", organisation_id=row.about_id), agreed)
        return make_action(session, viewer=viewer, fields=fields, sources=ActionSources(concerns=concerns))
    now = read_action(session, viewer=viewer, ref=agreed.revises)
    if now.fields.organisation_id != row.about_id:
        raise NotFoundError("The public body has no such action. Nothing was changed.")
    change_action(
        session,
        viewer=viewer,
        ref=agreed.revises,
        fields=_with(now.fields, agreed),
        sources=replace(now.sources, concerns=concerns),
        seen_revision=agreed.seen_revision,
    )
    return agreed.revises


def _with(fields: ActionFields, agreed: Agreed) -> ActionFields:
    return replace(
        fields,
        heading=agreed.heading,
        details=agreed.details,
        due_on=agreed.due_on,
        due_precision=agreed.due_precision,
    )
