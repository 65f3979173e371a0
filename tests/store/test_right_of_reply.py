"""The right of reply and the coordinator’s words: who may write them, when, and what is published of them."""

from typing import Any

import pytest
from sqlmodel import select

from charter.lowest import lowest_commitments
from charter.published.answers import read_who_answered
from charter.releases import publish_period
from charter.right_of_reply import has_looked, look_first, own_figures, read_reply, save_reply
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import EditedElsewhereError, FieldError, NotAllowedError, RefusedError
from charter.texts import read_texts, save_text
from db.engine import Store
from db.models import (
    EarlyAccess,
    Period,
)
from db.types import PeriodState, ReleaseTextKind
from tests.store.closed_reviews import YEAR, Closed, seen_by_the_council
from tests.store.databases import one_database
from tests.store.laid import laid

pytestmark = pytest.mark.usefixtures("settings_env")
MEANS, ASKED, REPLY = ReleaseTextKind


@pytest.fixture
def made(store: Store) -> Closed:
    return laid(store, seen_by_the_council)


def test_figures_are_seen_only_by_who_says_first_that_they_look(store: Store, made: Closed) -> None:
    with store.writing() as session:
        asked: dict[str, Any] = {"viewer": made.health, "period_ref": YEAR, "organisation_id": made.where.health}
        with pytest.raises(NotAllowedError, match="who looks, and when, is published"):
            own_figures(session, **asked)
        with pytest.raises(NotAllowedError, match="who looks, and when, is published"):
            lowest_commitments(session, **asked)
        for _ in range(2):
            look_first(session, **asked)
        assert has_looked(session, **asked)
        seen = session.exec(select(EarlyAccess).where(EarlyAccess.organisation_id == made.where.health)).one()
        assert seen.name == "Hana"
        assert seen.first_seen_at is not None
        (own,) = (figure for figure in own_figures(session, **asked) if figure.ref == "ELM-1")
        assert own.experience is not None
        # Its answers were sent and not accepted, so that they would not be published.
        assert (own.level, own.counts, own.experience.score) == (None, False, 53)


def test_a_bodys_own_figures_hide_what_the_release_hides(store: Store, made: Closed) -> None:
    with store.reading() as session:
        found = own_figures(session, viewer=made.council, period_ref=YEAR, organisation_id=made.where.council)
    by_ref = {figure.ref: figure for figure in found}
    assert by_ref["ELM-1"].level == 3
    hidden = by_ref["ELM-4"].experience
    assert hidden is not None
    assert hidden.hidden
    assert hidden.score is None


def test_a_reply_is_written_between_closing_and_publishing_and_published(store: Store, made: Closed) -> None:
    asked: dict[str, Any] = {"viewer": made.council, "period_ref": YEAR, "organisation_id": made.where.council}
    with store.writing() as session:
        assert read_reply(session, **asked).revision == 0
        save_reply(session, words="We accept it.", seen_revision=0, **asked)
        with pytest.raises(EditedElsewhereError):
            save_reply(session, words="We do not.", seen_revision=0, **asked)
        with pytest.raises(FieldError):
            save_reply(session, words="x" * 4001, seen_revision=1, **asked)
        for viewer in (made.health, made.group, made.coordinator, PUBLIC):
            with pytest.raises(NotAllowedError):
                save_reply(session, **asked | {"viewer": viewer}, words="Not ours", seen_revision=1)
        release = publish_period(session, viewer=OPERATOR, ref=YEAR)
        with pytest.raises(RefusedError, match="before it is published"):
            save_reply(session, words="Too late", seen_revision=1, **asked)
    with store.reading() as session:
        (text,) = read_who_answered(session, viewer=PUBLIC, release_id=release.id).texts
    assert (text.kind, text.organisation, text.words) == (REPLY, "Elmford Council", "We accept it.")


def test_the_coordinators_words_are_published(store: Store, made: Closed) -> None:
    with store.writing() as session:
        for kind in (MEANS, ASKED):
            save_text(
                session, viewer=made.coordinator, period_ref=YEAR, kind=kind, words=f"About {kind}", seen_revision=0
            )
        with pytest.raises(EditedElsewhereError):
            save_text(session, viewer=made.coordinator, period_ref=YEAR, kind=MEANS, words="Else", seen_revision=0)
        with pytest.raises(FieldError):
            save_text(session, viewer=made.coordinator, period_ref=YEAR, kind=REPLY, words="Else", seen_revision=0)
        with pytest.raises(NotAllowedError):
            save_text(session, viewer=made.council, period_ref=YEAR, kind=MEANS, words="Else", seen_revision=1)
        release = publish_period(session, viewer=OPERATOR, ref=YEAR)
    with store.reading() as session:
        texts = read_who_answered(session, viewer=PUBLIC, release_id=release.id).texts
        assert {text.kind: text.words for text in texts} == {kind: f"About {kind}" for kind in (MEANS, ASKED)}
        assert len(read_texts(session, viewer=made.coordinator, period_ref=YEAR)) == 2


@one_database
def test_nothing_is_written_before_closing(store: Store, made: Closed) -> None:
    with store.writing() as session:
        session.get_one(Period, made.period_id).state = PeriodState.OPEN
        session.flush()
        with pytest.raises(RefusedError, match="once the review has closed"):
            save_text(session, viewer=made.coordinator, period_ref=YEAR, kind=MEANS, words="x", seen_revision=0)
        with pytest.raises(RefusedError, match="after the review has closed"):
            look_first(session, viewer=made.council, period_ref=YEAR, organisation_id=made.where.council)
