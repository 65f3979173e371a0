"""Actions of a council, made by its partner."""

from typing import Any

from sqlmodel import Session

from charter.actions.fields import ActionFields
from charter.actions.making import change_action, make_action, say_how_it_stands
from charter.actions.reading import ActionNow, read_action
from charter.actions.sources import ActionSources
from charter.rules.access import OPERATOR, Viewer
from charter.saved import Saved
from db.types import ActionStatus
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


def change(
    session: Session,
    who: Owners,
    ref: str,
    *,
    viewer: Viewer | None = None,
    seen: int = 1,
    **more: Any,  # noqa: ANN401
) -> Saved:
    """Change an action, by the council's partner."""
    sources = more.pop("sources", NOTHING)
    return change_action(
        session, viewer=viewer or who.partner, ref=ref, fields=fields(who, **more), sources=sources, seen_revision=seen
    )


def say(session: Session, viewer: Viewer, ref: str, *, seen: int = 1, **more: Any) -> Saved:  # noqa: ANN401
    """Say how an action stands."""
    values = {"status": ActionStatus.DONE} | more
    return say_how_it_stands(session, viewer=viewer, ref=ref, seen_revision=seen, **values)
