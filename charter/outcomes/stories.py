"""The words that turn the curve: commentary on a measurement with the route to green, and the story of an indicator."""

from sqlmodel import Session, select

from charter import audit, clock
from charter.outcomes.held import held_indicator, measurement_of, require_seen
from charter.outcomes.typed_values import told, words
from charter.rules.access import Viewer
from charter.rules.outcomes import Span, needs_route, status
from charter.rules.refusals import FieldError, NotFoundError
from charter.saved import Saved
from db.models import Commentary, Indicator, IndicatorStory, Measurement, Target
from db.types import StoryKind


def write_commentary(
    session: Session,
    *,
    viewer: Viewer,
    indicator_ref: str,
    span: Span,
    commentary: str,
    route_to_green: str,
    seen_revision: int,
) -> Saved:
    """Write what there is to say about a measurement. Off track it needs a route to green: how it gets back.

    Args:
        session: a writing session.
        viewer: who asks.
        indicator_ref: the indicator.
        span: the period of the measurement.
        commentary: what happened, up to 4,000 letters.
        route_to_green: what brings it back on track, up to 4,000 letters; may be empty unless it is off track.
        seen_revision: the revision that the page showed; 0 where there was none.

    Raises:
        NotFoundError: there is no such indicator, or no value for this period.
        NotAllowedError: the viewer may not report for its owner.
        FieldError: the commentary is missing, or off track the route to green, or words are too long.
        EditedElsewhereError: it was changed since the page showed it.
    """
    row = held_indicator(session, viewer=viewer, ref=indicator_ref)
    measured = measurement_of(session, indicator_id=row.id or 0, span=span)
    if measured is None:
        raise NotFoundError("There is no value for this period. Nothing was changed.")
    said = words("commentary", commentary, what="what happened")
    route = words("route_to_green", route_to_green, what="the route to green", needed=False)
    if not route and _is_off_track(session, row, measured):
        raise FieldError(
            "route_to_green", "This is off track. Please type what will bring it back on track. Nothing was lost."
        )
    found = session.exec(select(Commentary).where(Commentary.measurement_id == measured.id)).first() or Commentary(
        measurement_id=measured.id or 0, words=said, revision=0, saved_at=clock.now()
    )
    require_seen(found.revision, seen=seen_revision)
    changed = audit.changes(_words_of(found), {"words": said, "route_to_green": route})
    found.words, found.route_to_green = said, route
    found.revision, found.saved_at = found.revision + 1, clock.now()
    session.add(found)
    session.flush()
    detail = {"period": told(span), **changed}
    audit.record(session, viewer, act="commentary_written", subject=f"indicator {indicator_ref}", detail=detail)
    return Saved(found.revision, found.saved_at)


def tell_story(
    session: Session, *, viewer: Viewer, indicator_ref: str, kind: StoryKind, story: str, seen_revision: int
) -> Saved:
    """Write the story behind an indicator, the partners' part in it, what works, or what is proposed.

    Raises:
        NotFoundError: there is no such indicator.
        NotAllowedError: the viewer may not report for its owner.
        FieldError: the words are missing or too long.
        EditedElsewhereError: it was changed since the page showed it; revision 0 is that of none.
    """
    row = held_indicator(session, viewer=viewer, ref=indicator_ref)
    told_now = words("story", story, what="the story")
    found = session.exec(
        select(IndicatorStory).where(IndicatorStory.indicator_id == row.id, IndicatorStory.kind == kind)
    ).first() or IndicatorStory(indicator_id=row.id or 0, kind=kind, words=told_now, revision=0, saved_at=clock.now())
    require_seen(found.revision, seen=seen_revision)
    changed = audit.changes(_words_of(found), {"words": told_now})
    found.words, found.revision, found.saved_at = told_now, found.revision + 1, clock.now()
    session.add(found)
    session.flush()
    detail = {"kind": kind.value, **changed}
    audit.record(session, viewer, act="story_told", subject=f"indicator {indicator_ref}", detail=detail)
    return Saved(found.revision, found.saved_at)


def _words_of(row: Commentary | IndicatorStory) -> dict[str, object]:
    """Give what stood there, for the audit log: nothing where this is the first time."""
    return row.model_dump(include={"words", "route_to_green"}) if row.revision else {}


def _is_off_track(session: Session, row: Indicator, measured: Measurement) -> bool:
    target = session.exec(
        select(Target).where(
            Target.indicator_id == row.id,
            Target.starts_on == measured.starts_on,
            Target.ends_on == measured.ends_on,
        )
    ).first()
    return needs_route(
        status(
            polarity=row.polarity,
            value=measured.value,
            target=target.value if target else None,
            tolerance=row.tolerance,
        )
    )
