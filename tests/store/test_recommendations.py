"""What committees recommended, and what became of it; and what a release keeps of that and of actions."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from charter import clock
from charter.actions.fields import Doer
from charter.actions.making import say_how_it_stands
from charter.actions.recommendations import (
    RecommendationFields,
    correct_recommendation,
    read_recommendations,
    record_recommendation,
)
from charter.actions.sources import ActionSources
from charter.actions.told import ActionTold, CauseKind, RecommendationTold
from charter.records import read_records
from charter.releases import publish_period
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import FieldError, NotAllowedError, NotFoundError
from db.engine import Store
from db.models import Action, AuditDetail, Concern, Period, Recommendation, Release
from db.types import ActionStatus, Precision, RecordKind
from tests.store.acting import make
from tests.store.databases import one_database
from tests.store.outcome_people import Owners, owners
from tests.store.outcome_rows import concern
from tests.store.small_year import closed_year, elmford

pytestmark = pytest.mark.usefixtures("settings_env")
DAY = date(2026, 3, 4)
SAID: dict[str, Any] = {"committee": "Cabinet", "made_on": DAY, "words": "Report back in six months."}


@pytest.fixture
def who(store: Store) -> Owners:
    with store.writing() as session:
        return owners(session)


def recommend(session: Session, who: Owners, **more: Any) -> str:  # noqa: ANN401
    made_up = more.pop("made_up", False)
    fields = RecommendationFields(**SAID | more)
    return record_recommendation(session, viewer=who.coordinator, fields=fields, made_up=made_up)


def test_a_recommendation_is_shown_with_what_became_of_it(store: Store, who: Owners) -> None:
    with store.writing() as session:
        older = recommend(
            session, who, made_on=date(2025, 1, 2), committee=" Scrutiny  committee ", source="Minutes, item 4"
        )
        ref = recommend(session, who)
        sources = ActionSources(recommendations=frozenset({ref}))
        action = make(session, who, sources=sources, due_on=date(2026, 9, 1), due_precision=Precision.MONTH)
        make(session, who, heading="Another")
    with store.reading() as session:
        newest, before = read_recommendations(session, viewer=who.coordinator)
        theirs, _ = read_recommendations(session, viewer=who.other)
    assert (newest.ref, newest.committee, newest.made_on, newest.words) == (ref, *SAID.values())
    assert [(each.ref, each.status, each.overdue) for each in newest.actions] == [
        (action, ActionStatus.NOT_STARTED, clock.today() > date(2026, 9, 30))
    ]
    assert (before.ref, before.committee, before.source, before.actions) == (
        older,
        "Scrutiny committee",
        "Minutes, item 4",
        (),
    )
    # An action that is not published yet is told to those whom it concerns.
    assert theirs.actions == ()


@one_database
def test_how_it_was_taken_down_can_be_put_right(store: Store, who: Owners) -> None:
    with store.writing() as session:
        ref = recommend(session, who)
        better = RecommendationFields(**SAID | {"words": "Report back in a year."})
        correct_recommendation(session, viewer=who.coordinator, ref=ref, fields=better)
        assert session.exec(select(Recommendation.words)).one() == "Report back in a year."
        kept = session.exec(select(AuditDetail.detail).order_by("number")).all()[-1]
        assert "Report back in six months." in kept
        with pytest.raises(NotFoundError):
            correct_recommendation(session, viewer=who.coordinator, ref="RE-NOWHERE", fields=better)
        for viewer in (who.partner, who.reviewer, PUBLIC):
            with pytest.raises(NotAllowedError):
                correct_recommendation(session, viewer=viewer, ref=ref, fields=better)
            with pytest.raises(NotAllowedError):
                record_recommendation(session, viewer=viewer, fields=better)


@one_database
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"committee": " "}, "committee"),
        ({"committee": "x" * 201}, "committee"),
        ({"words": ""}, "words"),
        ({"words": "x" * 4001}, "words"),
        ({"source": "x" * 501}, "source"),
        ({"made_on": date(1999, 12, 31)}, "made_on"),
        ({"made_on": date(2999, 1, 1)}, "made_on"),
    ],
)
def test_what_cannot_be_right_is_refused_beside_its_field(
    store: Store, who: Owners, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(FieldError, match="Nothing was lost") as refused, store.writing() as session:
        recommend(session, who, **values)
    assert refused.value.field == field


def kept(store: Store, kind: RecordKind, of: type[Any]) -> tuple[Any, ...]:
    with store.reading() as session:
        key = session.exec(select(Release.id)).one() or 0
        return read_records(session, release_id=key, kind=kind, of=of)


def test_a_release_keeps_actions_and_recommendations_as_they_stood(store: Store, who: Owners) -> None:
    yesterday = clock.today() - timedelta(days=1)
    with store.writing() as session:
        row = session.get_one(Concern, concern(session))
        row.about_id = who.council
        session.flush()
        ref = recommend(session, who)
        sources = ActionSources(recommendations=frozenset({ref}), concerns=frozenset({row.ref}))
        doers = (Doer(who.council), Doer(words="Street champions"))
        due: dict[str, Any] = {"due_on": yesterday, "due_precision": Precision.DAY}
        late = make(session, who, viewer=who.reviewer, sources=sources, doers=doers, **due)
        make(session, who, heading="Ongoing")
        say_how_it_stands(
            session, viewer=who.partner, ref=late, status=ActionStatus.OFF_TRACK, notes="No room", seen_revision=1
        )
        closed_year(session, elmford(session), 2027)
        publish_period(session, viewer=OPERATOR, ref="2027")
        say_how_it_stands(session, viewer=who.partner, ref=late, status=ActionStatus.DONE, seen_revision=2)
    first, second = kept(store, RecordKind.ACTION, ActionTold)
    assert (first.ref, first.status, first.overdue, first.notes) == (late, ActionStatus.OFF_TRACK, True, "No room")
    assert (first.doers[1], second.heading, second.overdue) == ("Street champions", "Ongoing", False)
    assert [each.status for each in first.earlier] == [ActionStatus.NOT_STARTED]
    # That it came from a concern is confidential, even with the concern's reference left out.
    assert [cause.kind for cause in first.causes] == [CauseKind.RECOMMENDATION]
    assert row.ref not in str(first)
    (recommendation,) = kept(store, RecordKind.RECOMMENDATION, RecommendationTold)
    assert [(each.ref, each.status, each.overdue) for each in recommendation.actions] == [
        (late, ActionStatus.OFF_TRACK, True)
    ]


@one_database
@pytest.mark.parametrize("made_up", [True, False])
def test_a_release_keeps_made_up_actions_or_real_ones(store: Store, who: Owners, made_up: bool) -> None:
    with store.writing() as session:
        refs = {mark: make(session, who, heading="Real or not") for mark in (True, False)}
        session.execute(sa.update(Action).where(sa.column("ref") == refs[True]).values(made_up=True))
        said = {mark: recommend(session, who, made_up=mark) for mark in (True, False)}
        closed_year(session, elmford(session), 2027)
        session.execute(sa.update(Period).values(made_up=made_up))
        publish_period(session, viewer=OPERATOR, ref="2027")
    assert [each.ref for each in kept(store, RecordKind.ACTION, ActionTold)] == [refs[made_up]]
    assert [each.ref for each in kept(store, RecordKind.RECOMMENDATION, RecommendationTold)] == [said[made_up]]
