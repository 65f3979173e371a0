"""Actions of a council, made by its partner."""

from typing import Any

from sqlmodel import Session

from charter.actions.fields import ActionFields
from charter.actions.making import make_action
from charter.actions.reading import ActionNow, read_action
from charter.actions.sources import ActionSources
from charter.rules.access import OPERATOR, Viewer
from tests.store.outcome_people import Owners

NOTHING = ActionSources()


def fields(who: Owners, **more: Any) -> ActionFields:  # noqa: ANN401
    """Give an action's fields, with some in place of the ordinary ones."""
    return ActionFields(**{"heading": "Hold a funding morning", "organisation_id": who.council, **more})


def make(
    session: Session,
    who: Owners,
    *,
    viewer: Viewer | None = None,
    sources: ActionSources = NOTHING,
    **more: Any,  # noqa: ANN401
) -> str:
    """Make an action of the council, by its partner, and give its reference."""
    return make_action(session, viewer=viewer or who.partner, fields=fields(who, **more), sources=sources)


def stored(session: Session, ref: str) -> ActionNow:
    """Read an action as it stands."""
    return read_action(session, viewer=OPERATOR, ref=ref)
