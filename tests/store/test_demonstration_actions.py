"""The demonstration's actions: some of every sort in its last release, and what came after it as they stand now."""

from sqlmodel import Session, col, select

from charter import clock
from charter.actions.reading import read_actions
from charter.actions.told import ActionTold, CauseKind, RecommendationTold
from charter.demonstration.making import rounds
from charter.records import read_records
from charter.rules.access import OPERATOR
from db.engine import Store
from db.models import Release, ReplacedAction
from db.types import ActionStatus, RecordKind


def last_release(session: Session) -> Release:
    return session.exec(select(Release).order_by(col(Release.published_at).desc()).limit(1)).one()


def test_the_last_release_has_actions_of_every_sort(demo_read: Store) -> None:
    with demo_read.reading() as session:
        release = last_release(session)
        told = read_records(session, release_id=release.id or 0, kind=RecordKind.ACTION, of=ActionTold)
        said = read_records(session, release_id=release.id or 0, kind=RecordKind.RECOMMENDATION, of=RecommendationTold)
        on = release.published_at.date()
    assert {each.status for each in told} >= {
        ActionStatus.DONE,
        ActionStatus.ON_TRACK,
        ActionStatus.OFF_TRACK,
        ActionStatus.NOT_STARTED,
        ActionStatus.STOPPED,
    }
    late = [each for each in told if each.overdue]
    assert 1 < len(late) < len(told) / 2
    assert list(told[: len(late)]) == late, "what is overdue comes first"
    assert all(each.due is not None and each.due.last_day() < on for each in late)
    assert [each.heading for each in told if each.due is None] == ["Hold an open morning for groups"]
    kinds = {cause.kind for each in told for cause in each.causes}
    assert kinds == {CauseKind.PROMISE, CauseKind.COMMITMENT, CauseKind.INDICATOR, CauseKind.RECOMMENDATION}
    # A promise that was put off says until when it was planned first.
    moved = [each for each in told if each.earlier and each.due_on != each.earlier[0].due_on]
    assert any(cause.kind is CauseKind.PROMISE for each in moved for cause in each.causes)
    assert len(said) == 2
    assert all(each.actions for each in said)


def test_what_came_after_the_release_is_how_they_stand_now(demo_read: Store) -> None:
    with demo_read.reading() as session:
        release = last_release(session)
        told = read_records(session, release_id=release.id or 0, kind=RecordKind.ACTION, of=ActionTold)
        now = read_actions(session, viewer=OPERATOR)
        replaced = session.exec(select(ReplacedAction.replaced_at)).all()
    assert {each.ref for each in told} <= {each.told.ref for each in now}
    assert all(each.made_up for each in now)
    assert all(each.told.made_on <= clock.today() for each in now)
    assert all(rounds()[0].opens_on < clock.local(moment).date() <= clock.today() for moment in replaced)
