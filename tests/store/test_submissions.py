"""Sending, taking back and accepting: exact states, once each, and refusals that change nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import col, select

from charter import clock
from charter.answers import save_level
from charter.rules.refusals import ClosedError, FieldError, NotAllowedError, RefusedError
from charter.submissions import Receipt, submit, take_back
from db.engine import Store
from db.models import AuditEntry, Period, SelfAssessment
from db.types import SelfAssessmentState
from tests.store.asked_forms import AskedForm, ask
from tests.store.databases import one_database


@pytest.fixture
def form(store: Store) -> AskedForm:
    return ask(store)


def answered(store: Store, form: AskedForm, organisation_id: int | None = None, *, version_id: int = 0) -> None:
    """Give one answer in a form: to a core question, unless another is named."""
    whose = form.whose(organisation_id)
    with store.writing() as session:
        save_level(
            session,
            viewer=form.partner_of(whose["organisation_id"]),
            version_id=version_id or form.core[0],
            choice=3,
            seen_revision=0,
            **whose,
        )


def send(store: Store, form: AskedForm, organisation_id: int | None = None, *, name: str = "Ana Ortiz") -> Receipt:
    whose = form.whose(organisation_id)
    with store.writing() as session:
        return submit(session, viewer=form.partner_of(whose["organisation_id"]), declared_by=name, **whose)


def row(store: Store) -> SelfAssessment:
    with store.reading() as session:
        found = session.exec(select(SelfAssessment)).one()
        session.expunge(found)
        return found


def acts(store: Store) -> list[str]:
    with store.reading() as session:
        return [entry.act for entry in session.exec(select(AuditEntry).order_by(col(AuditEntry.number)))]


def test_sending_gives_a_receipt_of_what_is_stored(store: Store, form: AskedForm) -> None:
    answered(store, form)
    receipt = send(store, form, name="  Ana \x00 Ortiz ")
    found = row(store)
    assert (found.ref, found.submitted_at) == (receipt.ref, receipt.submitted_at)
    assert (found.state, found.declared_by) == (SelfAssessmentState.SUBMITTED, "Ana Ortiz")
    assert acts(store) == ["self_assessment_started", "self_assessment_submitted"]


def test_a_double_press_sends_once_and_gives_one_receipt(store: Store, form: AskedForm) -> None:
    answered(store, form)
    with ThreadPoolExecutor(4) as threads:
        receipts = set(threads.map(lambda _: send(store, form), range(4)))
    assert receipts == {send(store, form, name="Somebody else")}
    assert row(store).declared_by == "Ana Ortiz"
    assert acts(store).count("self_assessment_submitted") == 1


@one_database
def test_a_name_is_needed(store: Store, form: AskedForm) -> None:
    answered(store, form)
    for name in ("", "  ", "\x00", "x" * 121):
        with pytest.raises(FieldError) as refusal:
            send(store, form, name=name)
        assert refusal.value.field == "declared_by"
    assert (row(store).state, row(store).submitted_at) == (SelfAssessmentState.DRAFT, None)


@one_database
def test_an_empty_form_is_not_sent(store: Store, form: AskedForm) -> None:
    with pytest.raises(RefusedError, match="at least one of the main questions"):
        send(store, form)
    answered(store, form, version_id=form.more)
    with pytest.raises(RefusedError, match="at least one of the main questions"):
        send(store, form)
    assert row(store).state is SelfAssessmentState.DRAFT


def test_taken_back_it_is_a_draft_and_counts_again_when_sent_again(store: Store, form: AskedForm) -> None:
    answered(store, form)
    first = send(store, form)
    with store.writing() as session:
        take_back(session, viewer=form.by_link, **form.whose())
    assert row(store).state is SelfAssessmentState.DRAFT
    again = send(store, form)
    assert again.ref == first.ref
    assert again.submitted_at > first.submitted_at
    assert acts(store)[1:] == [
        "self_assessment_submitted",
        "self_assessment_taken_back",
        "self_assessment_submitted",
    ]


@one_database
def test_a_draft_is_not_taken_back(store: Store, form: AskedForm) -> None:
    answered(store, form)
    with pytest.raises(RefusedError), store.writing() as session:
        take_back(session, viewer=form.partner, **form.whose())
    assert row(store).state is SelfAssessmentState.DRAFT


@one_database
def test_a_public_body_does_not_take_back_what_waits_for_review(store: Store, form: AskedForm) -> None:
    answered(store, form, form.council_id)
    send(store, form, form.council_id)
    with pytest.raises(RefusedError), store.writing() as session:
        take_back(session, viewer=form.partner_of(form.council_id), **form.whose(form.council_id))
    assert row(store).state is SelfAssessmentState.SUBMITTED


@one_database
def test_after_closing_nothing_is_sent_or_taken_back(store: Store, form: AskedForm) -> None:
    answered(store, form)
    with store.writing() as session:
        session.get_one(Period, form.period_id).closes_on = clock.today() - timedelta(days=1)
    with pytest.raises(ClosedError):
        send(store, form)
    with pytest.raises(ClosedError), store.writing() as session:
        take_back(session, viewer=form.partner, **form.whose())
    assert row(store).state is SelfAssessmentState.DRAFT


@one_database
def test_nobody_sends_for_another(store: Store, form: AskedForm) -> None:
    answered(store, form)
    with store.writing() as session, pytest.raises(NotAllowedError):
        submit(session, viewer=form.partner_of(form.other_id), declared_by="Eve", **form.whose())
    assert row(store).state is SelfAssessmentState.DRAFT
