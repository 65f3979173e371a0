"""A group's answer that was typed in wrongly: finding it, and what putting it right would change in public."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from charter.correction_preview import CorrectionPreview, preview_correction
from charter.correction_words import body_sentences, figures_sentences, figures_table, words_sentences
from charter.corrections import Retyped
from charter.outcomes.indicators import define_indicator
from charter.releases import publish_period
from charter.retyping import find_held_groups, held_group
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import NotAllowedError, NotFoundError, RefusedError
from charter.texts import save_text
from db.engine import Store
from db.models import Assistance, Organisation, SelfAssessment
from db.types import AssistedHow, EngagementLevel, NoLevel, ReleaseTextKind, SelfAssessmentState
from tests import factories
from tests.store.closed_reviews import YEAR, Closed, closed
from tests.store.databases import one_database
from tests.store.laid import laid
from tests.store.outcome_people import REF, SHEET, fields

pytestmark = pytest.mark.usefixtures("settings_env")
FIRST = f"{YEAR}.1"
TYPED_IN, ANSWERED = 3, 4  # places of a group that the coordinator typed in for, and of one that answered by itself


@pytest.fixture
def made(store: Store) -> Closed:
    return laid(store, typed_in)


def typed_in(session: Session) -> Closed:
    """Publish a review in which the coordinator typed in for one group."""
    found = closed(session)
    for place, name in ((TYPED_IN, "Tea club"), (ANSWERED, "Tea dance")):
        session.get_one(Organisation, found.where.groups[place]).name = name
    own = select(SelfAssessment).where(SelfAssessment.organisation_id == found.where.groups[TYPED_IN])
    session.add(
        Assistance(
            self_assessment_id=session.exec(own).one().id or 0,
            account_id=found.coordinator.account_id,
            how=AssistedHow.TELEPHONE,
            spoke_to="Ana",
            began_at=factories.MOMENT,
        )
    )
    publish_period(session, viewer=OPERATOR, ref=YEAR)
    return found


def reference(session: Session, made: Closed, place: int) -> str:
    return session.get_one(Organisation, made.where.groups[place]).ref


def preview(session: Session, made: Closed, retyped: Retyped) -> CorrectionPreview:
    return preview_correction(session, viewer=made.coordinator, ref=FIRST, retyped=retyped)


def test_levels_are_shown_only_where_the_coordinator_typed_them_in(store: Store, made: Closed) -> None:
    with store.reading() as session:
        asked: dict[str, Any] = {"viewer": made.coordinator, "release_ref": FIRST}
        found = find_held_groups(session, search="tea", **asked)
        assert [name for _, name in found] == ["Tea club", "Tea dance"]
        assert find_held_groups(session, search=found[0][0], **asked) == found[:1]
        typed, own = (held_group(session, organisation_ref=ref, **asked) for ref, _ in found)
    assert typed.typed_in is not None
    assert "given by Ana" in typed.typed_in.words
    assert any(answer.level is not None for answer in typed.answers)
    assert own.typed_in is None
    assert {(answer.level, answer.no_level) for answer in own.answers} == {(None, None)}
    assert [answer.ref for answer in typed.answers] == [answer.ref for answer in own.answers]


@one_database
def test_nobody_but_the_coordinator_finds_them_and_nobody_else_is_found(store: Store, made: Closed) -> None:
    with store.reading() as session:
        draft, ref = reference(session, made, 12), reference(session, made, TYPED_IN)
        for viewer in (PUBLIC, OPERATOR, made.council, made.group):
            with pytest.raises(NotAllowedError):
                find_held_groups(session, viewer=viewer, release_ref=FIRST, search="tea")
            with pytest.raises(NotAllowedError):
                held_group(session, viewer=viewer, release_ref=FIRST, organisation_ref=ref)
        for search in ("", "  ", "Elmford", draft):
            assert find_held_groups(session, viewer=made.coordinator, release_ref=FIRST, search=search) == ()
        for other in ("council", draft, "NOBODY"):
            with pytest.raises(NotFoundError):
                held_group(session, viewer=made.coordinator, release_ref=FIRST, organisation_ref=other)


def test_one_answer_hides_every_figure_that_holds_it_and_that_is_said_first(store: Store, made: Closed) -> None:
    with store.reading() as session:
        nothing = preview(session, made, {})
        one = preview(session, made, {(reference(session, made, TYPED_IN), "ELM-1"): 0})
    assert figures_sentences(figures_table(nothing)) == ("No public figure changes.",)
    assert body_sentences(nothing) == words_sentences(nothing) == ()
    table = figures_table(one)
    row = table[table["Figure"].str.endswith("all groups") & table["After"].str.startswith("[c]")].iloc[0]
    assert row["Now"].startswith("53 (")
    assert "hidden from now on, and in later corrections too. So few groups’" in figures_sentences(table)[0]


def test_ten_answers_change_the_figure_and_hide_nothing(store: Store, made: Closed) -> None:
    with store.reading() as session:
        ten: dict[tuple[str, str], int | NoLevel | None] = {
            (reference(session, made, place), "ELM-1"): 4 if place % 2 else 0 for place in range(12)
        }
        table = figures_table(preview(session, made, ten))
    whole = table[table["Figure"].str.endswith("all groups")]
    assert len(whole) > 1
    assert not whole["After"].str.contains("[c]", regex=False).any()
    assert figures_sentences(table)[-1].endswith("figures change.")


@one_database
def test_what_else_changes_is_said_too(store: Store, made: Closed) -> None:
    with store.writing() as session:
        own = session.exec(select(SelfAssessment).where(col(SelfAssessment.organisation_id) == made.where.health)).one()
        own.state, own.engagement_level = SelfAssessmentState.REVIEWED, EngagementLevel.CONSULTATION
        council = select(SelfAssessment).where(col(SelfAssessment.organisation_id) == made.where.council)
        session.exec(council).one().engagement_level = EngagementLevel.PARTNERSHIP
        kind = ReleaseTextKind.WHAT_IT_MEANS
        save_text(session, viewer=made.coordinator, period_ref=YEAR, kind=kind, words="Better", seen_revision=0)
        asked: dict[str, Any] = {"viewer": made.coordinator, "organisation_id": None, "sheet": SHEET}
        define_indicator(session, ref=REF, fields=fields(), **asked)
    with store.reading() as session:
        found = preview(session, made, {})
        assert body_sentences(found) == (
            "Elmford Council: the level of engagement that it claims changes from none to “partnership”.",
            "Elmford NHS: its answers count now: they have been accepted.",
            "Elmford NHS: 3 answers change.",
            "Elmford NHS: the level of engagement that it claims changes from none to “consultation”.",
        )
        assert words_sentences(found) == ("The words beside the figures change.", "1 outcome changes.")
        with pytest.raises(NotAllowedError):
            preview_correction(session, viewer=made.council, ref=FIRST, retyped={})
        with pytest.raises(RefusedError):
            preview(session, made, {("NOBODY", "ELM-1"): 1})
