"""Committees' recommendations: taken down by the coordinator, and what became of each."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.actions.reading import find_actions, read_actions, tell
from charter.actions.told import ActionTold, Outcome, RecommendationTold
from charter.made_up import is_made_up
from charter.outcomes.typed_values import line, words
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotFoundError
from charter.tokens import readable
from db.models import Action, ActionSource, Recommendation

COMMITTEE_LIMIT, SOURCE_LIMIT = 200, 500  # letters
_EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class RecommendationFields:
    """What a committee recommended.

    Attributes:
        committee: which committee, such as the cabinet, up to 200 letters.
        made_on: the day of its meeting, not after today.
        words: what it recommended, up to 4,000 letters.
        source: where that is written, such as the minutes, up to 500 letters; may be empty.
    """

    committee: str
    made_on: date
    words: str
    source: str = ""


def record_recommendation(
    session: Session, *, viewer: Viewer, fields: RecommendationFields, made_up: bool = False
) -> str:
    """Take down what a committee recommended, and give its reference. Actions say that they came from it.

    Args:
        session: a writing session.
        viewer: who asks.
        fields: what was recommended, by whom and when.
        made_up: whether it belongs to a demonstration; what its people take down does.

    Raises:
        NotAllowedError: the viewer does not run the charter.
        FieldError: a field is missing, too long, or cannot be right.
    """
    require(viewer, Act.KEEP_ACTIONS)
    row = Recommendation(ref=f"RE-{readable()}", made_up=made_up or is_made_up(session, viewer), **_checked(fields))
    session.add(row)
    session.flush()
    audit.record(session, viewer, act="recommendation_recorded", subject=f"recommendation {row.ref}")
    return row.ref


def correct_recommendation(session: Session, *, viewer: Viewer, ref: str, fields: RecommendationFields) -> None:
    """Put right how a recommendation was taken down. What was written before stays in the audit log.

    Raises:
        NotAllowedError: the viewer does not run the charter.
        NotFoundError: there is no such recommendation.
        FieldError: a field is missing, too long, or cannot be right.
    """
    require(viewer, Act.KEEP_ACTIONS)
    row = session.exec(select(Recommendation).where(Recommendation.ref == ref).with_for_update()).first()
    if row is None:
        raise NotFoundError("There is no such recommendation. Nothing was changed.")
    values = _checked(fields)
    detail = audit.changes({name: getattr(row, name) for name in values}, values)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    audit.record(session, viewer, act="recommendation_corrected", subject=f"recommendation {ref}", detail=detail)


def read_recommendations(session: Session, *, viewer: Viewer) -> tuple[RecommendationTold, ...]:
    """Read every recommendation, before it is published, with the actions of it that the viewer may read.

    Raises:
        NotAllowedError: the viewer may not read what is not published.
    """
    own = {each.told.ref for each in read_actions(session, viewer=viewer)}
    return tuple(
        replace(each, actions=tuple(outcome for outcome in each.actions if outcome.ref in own))
        for each in recommendations_told(session, on=clock.today())
    )


def recommendations_told(session: Session, *, on: date, made_up: bool | None = None) -> tuple[RecommendationTold, ...]:
    """Tell recommendations with the actions that came from each, the newest first.

    Args:
        session: a session.
        on: the day for which is told whether the actions are overdue.
        made_up: whether the made-up ones are wanted, or the real ones; None for both.
    """
    statement = select(Recommendation).order_by(col(Recommendation.made_on).desc(), col(Recommendation.ref))
    if made_up is not None:
        statement = statement.where(Recommendation.made_up == made_up)
    rows = session.exec(statement).all()
    links = select(ActionSource).where(col(ActionSource.recommendation_id).in_([row.id for row in rows]))
    pairs = [(link.recommendation_id, link.action_id) for link in session.exec(links)]
    found = find_actions(session, col(Action.id).in_({action for _, action in pairs}))
    outcomes = {each.row.id: _outcome(tell(each, on=on)) for each in found}
    return tuple(
        RecommendationTold(
            ref=row.ref,
            committee=row.committee,
            made_on=row.made_on,
            words=row.words,
            source=row.source,
            actions=tuple(outcomes[action] for recommendation, action in pairs if recommendation == row.id),
        )
        for row in rows
    )


def _outcome(told: ActionTold) -> Outcome:
    return Outcome(told.ref, told.heading, told.doers, told.status, told.overdue)


def _checked(fields: RecommendationFields) -> dict[str, Any]:
    if not _EARLIEST <= fields.made_on <= clock.today():
        raise FieldError("made_on", "The day lies between 1 January 2000 and today. Please check it. Nothing was lost.")
    return {
        "committee": line("committee", fields.committee, what="the committee", limit=COMMITTEE_LIMIT),
        "made_on": fields.made_on,
        "words": words("words", fields.words, what="what was recommended"),
        "source": line("source", fields.source, what="the source", limit=SOURCE_LIMIT, needed=False),
    }
