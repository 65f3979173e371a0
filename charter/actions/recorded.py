"""What a release keeps of actions and of committees' recommendations. History needs no release: it never changes."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col

from charter.actions.reading import find_actions, tell, without_concerns
from charter.actions.recommendations import recommendations_told
from charter.actions.told import ActionTold, RecommendationTold
from db.models import Action


def action_records(session: Session, on: date, made_up: bool) -> Sequence[tuple[str, ActionTold]]:
    """Tell each action as everybody may read it on a day, overdue first.

    Args:
        session: a session.
        on: the day of the release.
        made_up: whether the made-up ones are wanted, or the real ones.
    """
    wanted = (col(Action.history).is_(False), col(Action.made_up) == made_up)
    told = [without_concerns(tell(found, on=on)) for found in find_actions(session, *wanted)]
    return [(each.ref, each) for each in sorted(told, key=lambda each: each.order)]


def recommendation_records(session: Session, on: date, made_up: bool) -> Sequence[tuple[str, RecommendationTold]]:
    """Tell each recommendation with what became of it until a day, the newest first.

    Args:
        session: a session.
        on: the day of the release.
        made_up: whether the made-up ones are wanted, or the real ones.
    """
    return [(each.ref, each) for each in recommendations_told(session, on=on, made_up=made_up)]
