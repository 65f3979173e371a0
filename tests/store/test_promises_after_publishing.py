"""Promises once a review is published: what everybody reads, what a change needs, and what a body is held to."""

from typing import Any

import pytest
from sqlmodel import Session

from charter.corrections import correct_release, withdraw_release
from charter.public_words import public_line, public_words
from charter.published.words import read_release_promises
from charter.releases import publish_period
from charter.right_of_reply import answering_periods
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import RefusedError
from db.engine import Store
from db.types import ActionStatus
from tests.store.closed_reviews import YEAR, Closed, seen_by_the_council
from tests.store.laid import laid
from tests.store.promising import lowest_of, promise
from tests.store.small_year import closed_year

pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.fixture
def made(store: Store) -> Closed:
    return laid(store, seen_by_the_council)


def test_a_promise_changed_after_publishing_shows_only_by_a_correction(store: Store, made: Closed) -> None:
    who: dict[str, Any] = {"viewer": made.council, "period_ref": YEAR, "organisation_id": made.where.council}
    with store.writing() as session:
        promise(session, made)
        first = publish_period(session, viewer=OPERATOR, ref=YEAR)
        assert told(session, made).startswith("Everybody reads this promise as it stands here, in release 2027.1")
        promise(session, made, we_will="do it now", seen_revision=1)
        assert "You changed this promise. Everybody still reads release 2027.1: “listen more”" in told(session, made)
        assert read_release_promises(session, viewer=PUBLIC, release_id=first.id)[0].we_will == "listen more"
        second = correct_release(session, viewer=made.coordinator, ref=first.ref, reason="A promise changed.")
        assert "in release 2027.2" in told(session, made)
    with store.reading() as session:
        was, now = (
            read_release_promises(session, viewer=PUBLIC, release_id=release.id)[0].we_will
            for release in (first, second)
        )
        public = public_words(session, **who)
    assert (was, now) == ("listen more", "do it now")
    assert public is not None
    assert public.reply == ""


def test_a_promise_that_was_missing_can_be_written_after_publishing(store: Store, made: Closed) -> None:
    with store.writing() as session:
        release = publish_period(session, viewer=OPERATOR, ref=YEAR)
        assert "holds no promise of yours here. You can still write one." in told(session, made)
        promise(session, made)
        assert told(session, made).startswith("Nobody reads this promise yet.")
        assert read_release_promises(session, viewer=PUBLIC, release_id=release.id) == ()
        withdraw_release(session, viewer=made.coordinator, ref=release.ref, reason="It was wrong.")
        who: dict[str, Any] = {"viewer": made.council, "period_ref": YEAR, "organisation_id": made.where.council}
        assert public_words(session, **who) is None


def told(session: Session, made: Closed) -> str:
    """Give what the page says of the council's first promise."""
    lowest = lowest_of(session, made)
    who: dict[str, Any] = {"viewer": made.council, "period_ref": YEAR, "organisation_id": made.where.council}
    public = public_words(session, **who)
    assert public is not None
    return public_line(lowest.promised, public.promises.get(lowest.theme_ref), release_ref=public.release_ref)


def test_the_next_review_holds_a_body_to_the_words_that_were_published(store: Store, made: Closed) -> None:
    with store.writing() as session:
        promise(session, made)
        publish_period(session, viewer=OPERATOR, ref=YEAR)
        promise(session, made, we_will="do less", action=None, no_action_reason="No money", seen_revision=1)
        closed_year(session, made.where, 2028)
        periods = answering_periods(session, viewer=made.council, organisation_id=made.where.council)
        assert [period.ref for period in periods] == ["2028", YEAR]
        second = publish_period(session, viewer=OPERATOR, ref="2028")
        with pytest.raises(RefusedError, match="2028 review is published, and it says what became of the promises"):
            promise(session, made, we_will="do nothing", action=None, no_action_reason="None", seen_revision=2)
        periods = answering_periods(session, viewer=made.council, organisation_id=made.where.council)
        assert [period.ref for period in periods] == ["2028"]
    with store.reading() as session:
        (then,) = read_release_promises(session, viewer=PUBLIC, release_id=second.id)
    assert (then.we_will, then.action, then.status) == ("listen more", "Hold a meeting", ActionStatus.STOPPED)
