"""Figures that are shared before they are published: by whom, until when, and what that fixes."""

from datetime import timedelta

import pytest
import time_machine
from sqlmodel import select

from charter import clock
from charter.early_access import (
    PreviewEnding,
    find_preview,
    list_early_access,
    open_preview,
    revoke_preview,
    share_preview,
)
from charter.periods import reopen_period
from charter.previewing import read_preview
from charter.previews import is_shared, refuse_if_shared
from charter.published.reading import read_figures
from charter.published.words import read_release_early_access
from charter.releases import publish_period
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import ClosedError, FieldError, NotAllowedError, NotFoundError, RefusedError
from charter.submissions import take_back
from db.engine import Store
from db.models import AuditDetail, EarlyAccess, Release
from tests.store.closed_reviews import YEAR, Closed, closed
from tests.store.databases import one_database
from tests.store.laid import laid

pytestmark = pytest.mark.usefixtures("settings_env")


@pytest.fixture
def made(store: Store) -> Closed:
    return laid(store, closed)


def shared(store: Store, made: Closed, name: str = "Cllr Ade") -> str:
    with store.writing() as session:
        return share_preview(session, viewer=made.coordinator, period_ref=YEAR, name=name)


def test_a_shared_review_cannot_be_opened_again_and_no_answer_be_taken_back(store: Store, made: Closed) -> None:
    shared(store, made)
    with store.reading() as session:
        assert is_shared(session, period_id=made.period_id)
        with pytest.raises(RefusedError, match="no group’s answer can be changed or taken back"):
            refuse_if_shared(session, period_id=made.period_id)
    with store.writing() as session, pytest.raises(RefusedError):
        reopen_period(session, viewer=made.coordinator, ref=YEAR, reason="Too early")
    group = made.where.groups[0]
    with store.writing() as session, pytest.raises(RefusedError, match="no group’s answer can be changed or taken"):
        take_back(session, viewer=made.group, organisation_id=group, period_id=made.period_id)


def test_a_link_says_whose_it_is_and_is_seen_once_it_is_opened(store: Store, made: Closed) -> None:
    token = shared(store, made)
    with store.reading() as session:
        found = find_preview(session, token=token)
        assert (found.name, found.period.ref, found.ending) == ("Cllr Ade", YEAR, None)
        assert found.expires_at - clock.now() > timedelta(hours=23, minutes=58)
        assert session.exec(select(EarlyAccess.first_seen_at)).one() is None
    for _ in range(2):
        with store.writing() as session:
            open_preview(session, token=token)
    with store.reading() as session:
        (access,) = list_early_access(session, viewer=made.coordinator, period_ref=YEAR)
        assert access.first_seen_at is not None
        assert access.live


@one_database
def test_the_link_is_kept_nowhere(store: Store, made: Closed) -> None:
    token = shared(store, made)
    with store.reading() as session:
        assert session.exec(select(EarlyAccess.token_digest)).one() != token
        assert not any(token in detail for detail in session.exec(select(AuditDetail.detail)))


@one_database
def test_a_link_ends_after_24_hours(store: Store, made: Closed) -> None:
    token = shared(store, made)
    with time_machine.travel(clock.now() + timedelta(hours=24, seconds=1)), store.writing() as session:
        assert find_preview(session, token=token).ending is PreviewEnding.EXPIRED
        with pytest.raises(ClosedError):
            open_preview(session, token=token)


@one_database
def test_a_link_that_is_taken_back_opens_nothing_and_stays_on_the_list(store: Store, made: Closed) -> None:
    token = shared(store, made)
    with store.writing() as session:
        (access,) = list_early_access(session, viewer=made.coordinator, period_ref=YEAR)
        for _ in range(2):
            revoke_preview(session, viewer=made.coordinator, access_id=access.id)
        assert find_preview(session, token=token).ending is PreviewEnding.REVOKED
        with pytest.raises(ClosedError):
            open_preview(session, token=token)
        assert len(list_early_access(session, viewer=made.coordinator, period_ref=YEAR)) == 1
        assert is_shared(session, period_id=made.period_id)


@one_database
def test_a_link_ends_when_the_figures_are_published(store: Store, made: Closed) -> None:
    token = shared(store, made)
    with store.writing() as session:
        publish_period(session, viewer=made.coordinator, ref=YEAR)
        assert find_preview(session, token=token).ending is PreviewEnding.PUBLISHED
        with pytest.raises(RefusedError, match="between closing and publishing"):
            share_preview(session, viewer=made.coordinator, period_ref=YEAR, name="Late")


@one_database
def test_an_unknown_link(store: Store, made: Closed) -> None:
    with store.writing() as session:
        for verb in (find_preview, open_preview):
            with pytest.raises(NotFoundError):
                verb(session, token="unknown")
        with pytest.raises(NotFoundError):
            revoke_preview(session, viewer=made.coordinator, access_id=0)


@one_database
@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_link_is_for_a_named_person(store: Store, made: Closed, name: str) -> None:
    with pytest.raises(FieldError):
        shared(store, made, name)
    with store.reading() as session:
        assert not is_shared(session, period_id=made.period_id)


@one_database
def test_only_those_who_publish_share_and_preview(store: Store, made: Closed) -> None:
    for viewer in (PUBLIC, made.council, made.group):
        with store.writing() as session:
            with pytest.raises(NotAllowedError):
                share_preview(session, viewer=viewer, period_ref=YEAR, name="Somebody")
            with pytest.raises(NotAllowedError):
                list_early_access(session, viewer=viewer, period_ref=YEAR)
            with pytest.raises(NotAllowedError):
                revoke_preview(session, viewer=viewer, access_id=1)
            with pytest.raises(NotAllowedError):
                read_preview(session, viewer=viewer, period_ref=YEAR)


def test_the_release_lists_who_had_early_access_and_when_they_first_looked(store: Store, made: Closed) -> None:
    token = shared(store, made)
    shared(store, made, "Never Looked")
    with store.writing() as session:
        open_preview(session, token=token)
        release = publish_period(session, viewer=made.coordinator, ref=YEAR)
    with store.reading() as session:
        looked = read_release_early_access(session, viewer=PUBLIC, release_id=release.id)
    assert [(each.name, each.first_seen_at is not None) for each in looked] == [
        ("Cllr Ade", True),
        ("Never Looked", False),
    ]


def test_a_preview_tells_what_is_published_then(store: Store, made: Closed) -> None:
    with store.reading() as session:
        preview = read_preview(session, viewer=made.coordinator, period_ref=YEAR)
    with store.writing() as session:
        assert session.exec(select(Release)).all() == []
        release = publish_period(session, viewer=OPERATOR, ref=YEAR)
    with store.reading() as session:
        figures = read_figures(session, viewer=PUBLIC, release_id=release.id)
    assert preview.figures == figures
    assert any(score.hidden for promise in figures.promises for score in promise.groups)


@one_database
def test_a_preview_of_a_review_that_is_published_is_refused(store: Store, made: Closed) -> None:
    with store.writing() as session:
        publish_period(session, viewer=OPERATOR, ref=YEAR)
        with pytest.raises(RefusedError, match="closed and is not published"):
            read_preview(session, viewer=made.coordinator, period_ref=YEAR)
