"""Templates for slides: kept by those who run the review, listed, given out as they came, and removed."""

import hashlib

import pytest
from sqlmodel import select

from charter.reports.deck import templates
from charter.reports.deck.templates import (
    TemplateFound,
    add_template,
    list_templates,
    remove_template,
    template_content,
)
from charter.rules.access import OPERATOR, PUBLIC, Grant, Viewer
from charter.rules.refusals import DamagedError, FieldError, NotAllowedError, NotFoundError
from db.engine import Store
from db.models import AuditEntry, SlideTemplate
from db.types import Role
from tests import factories
from tests.store.slide_files import template

LOOK = template(slides=0)


@pytest.fixture
def coordinator(store: Store) -> Viewer:
    with store.writing() as session:
        return Viewer(account_id=factories.account(session), grants=frozenset({Grant(Role.COORDINATOR)}))


def added(store: Store, viewer: Viewer, name: str = "Our council", content: bytes = LOOK) -> TemplateFound:
    with store.writing() as session:
        return add_template(session, viewer=viewer, name=name, content=content)


def listed(store: Store, viewer: Viewer) -> tuple[TemplateFound, ...]:
    with store.reading() as session:
        return list_templates(session, viewer=viewer)


def test_a_template_is_kept_as_it_came_and_listed_by_its_name(store: Store, coordinator: Viewer) -> None:
    second = added(store, coordinator, "  The \n voluntary  sector ")
    first = added(store, coordinator)
    assert listed(store, coordinator) == (first, second)
    assert (second.name, second.size) == ("The voluntary sector", len(LOOK))
    with store.reading() as session:
        assert template_content(session, viewer=coordinator, template_id=first.id) == LOOK
        row = session.get_one(SlideTemplate, first.id)
        assert (row.sha256, row.account_id) == (hashlib.sha256(LOOK).hexdigest(), coordinator.account_id)


def test_a_template_that_is_removed_is_gone_and_the_log_says_who_did_it(store: Store, coordinator: Viewer) -> None:
    found = added(store, coordinator)
    with store.writing() as session:
        remove_template(session, viewer=coordinator, template_id=found.id)
    assert listed(store, coordinator) == ()
    with store.reading() as session:
        acts = [(entry.act, entry.subject, entry.account_id) for entry in session.exec(select(AuditEntry))]
        with pytest.raises(NotFoundError, match="no such template"):
            template_content(session, viewer=coordinator, template_id=found.id)
    subject, account = f"template {found.id}", coordinator.account_id
    assert acts == [("template_added", subject, account), ("template_removed", subject, account)]
    with store.writing() as session, pytest.raises(NotFoundError):
        remove_template(session, viewer=coordinator, template_id=found.id)


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        (("", LOOK), "name", "give the template a name"),
        (("  ", LOOK), "name", "give the template a name"),
        (("N" * 121, LOOK), "name", "120 letters at most, and this has 121"),
        (("Our council", LOOK), "name", "Another template has this name"),
        (("Another", b""), "file", "is empty"),
        (("Another", b"%PDF-1.4"), "file", "no PowerPoint presentation"),
        (("Another", template(only=(6,), slides=0)), "file", "no layout with a title"),
    ],
)
def test_what_is_not_taken_is_told_beside_its_field_and_leaves_nothing(
    store: Store, coordinator: Viewer, given: tuple[str, bytes], field: str, words: str
) -> None:
    found = added(store, coordinator)
    with pytest.raises(FieldError, match=words) as refusal:
        added(store, coordinator, *given)
    assert refusal.value.field == field
    assert listed(store, coordinator) == (found,)


def test_there_is_room_for_so_many_and_no_more(
    store: Store, coordinator: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "TEMPLATES_LIMIT", 1)
    found = added(store, coordinator)
    with pytest.raises(FieldError, match="room for 1 templates"):
        added(store, coordinator, "Another")
    assert listed(store, coordinator) == (found,)


@pytest.mark.parametrize("role", [None, Role.PARTNER, Role.REVIEWER, Role.ADMINISTRATOR])
def test_nobody_else_may_have_them(store: Store, coordinator: Viewer, role: Role | None) -> None:
    found = added(store, coordinator)
    with store.writing() as session:
        organisation = factories.organisation(session)
    one = organisation if role is Role.PARTNER else None
    viewer = PUBLIC if role is None else Viewer(account_id=1, grants=frozenset({Grant(role, one)}))
    with store.writing() as session:
        for refused in (
            lambda: add_template(session, viewer=viewer, name="x", content=LOOK),
            lambda: list_templates(session, viewer=viewer),
            lambda: template_content(session, viewer=viewer, template_id=found.id),
            lambda: remove_template(session, viewer=viewer, template_id=found.id),
        ):
            with pytest.raises(NotAllowedError):
                refused()
    assert listed(store, OPERATOR) == (found,)


def test_bytes_that_are_not_those_that_came_are_not_given_out(store: Store, coordinator: Viewer) -> None:
    found = added(store, coordinator)
    with store.writing() as session:
        session.get_one(SlideTemplate, found.id).content = LOOK + b"x"
    with store.reading() as session, pytest.raises(DamagedError, match="damaged where it is kept"):
        template_content(session, viewer=coordinator, template_id=found.id)
