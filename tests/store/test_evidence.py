"""Evidence: a public body's items and what its answers cite; checked addresses; nobody else's, and never a group's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from charter import clock
from charter.citing import cite_evidence
from charter.evidence.fields import LINK_LIMIT, TITLE_LIMIT, EvidenceFields
from charter.evidence.for_answers import list_evidence
from charter.evidence.items import add_evidence, remove_evidence
from charter.evidence.reading import EvidenceFound
from charter.forms import Form, read_form
from charter.rules.access import OPERATOR, PUBLIC
from charter.rules.refusals import (
    ClosedError,
    EditedElsewhereError,
    FieldError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
)
from db.engine import Store
from db.models import Answer, AnswerEvidence
from db.types import PeriodState, Role
from tests.store import reviewing
from tests.store.asked_forms import AskedForm, ask
from tests.store.databases import one_database

HTTPS = "https://example.org/report?year=2026&of=(all)"


@pytest.fixture
def form(store: Store) -> AskedForm:
    return ask(store)


def add(
    store: Store, form: AskedForm, title: str = "A report", link: str = "", dated_on: date | None = None, *, of: int = 0
) -> int:
    whose = of or form.council_id
    with store.writing() as session:
        return add_evidence(
            session,
            viewer=form.partner_of(whose),
            organisation_id=whose,
            fields=EvidenceFields(title, link, dated_on),
        )


def remove(store: Store, form: AskedForm, evidence_id: int) -> None:
    with store.writing() as session:
        remove_evidence(session, viewer=form.partner_of(form.council_id), evidence_id=evidence_id)


def cite(store: Store, form: AskedForm, *evidence_ids: int, seen: int = 0, of: int = 0) -> int:
    whose = of or form.council_id
    with store.writing() as session:
        return cite_evidence(
            session,
            viewer=form.partner_of(whose),
            version_id=form.core[0],
            evidence_ids=evidence_ids,
            seen_revision=seen,
            **form.whose(whose),
        ).revision


def items(store: Store, form: AskedForm) -> list[EvidenceFound]:
    with store.reading() as session:
        return list(list_evidence(session, viewer=form.partner_of(form.council_id), organisation_id=form.council_id))


def cited(store: Store, form: AskedForm) -> list[int]:
    """Give the items that the first answer cites, by the form."""
    found = read(store, form)
    return [item.id for item in found.evidence_for(found.questions[0])]


def read(store: Store, form: AskedForm) -> Form:
    with store.reading() as session:
        return read_form(session, viewer=form.partner_of(form.council_id), **form.whose(form.council_id))


def test_an_item_is_kept_as_it_was_given(store: Store, form: AskedForm) -> None:
    key = add(store, form, "  Yearly \n report ", HTTPS, date(2026, 3, 1))
    (item,) = items(store, form)
    assert item.fields == EvidenceFields("Yearly report", HTTPS, date(2026, 3, 1))
    assert (item.ref, item.organisation, item.file) == (f"EV-{key}", "Riverbank Council", None)
    later = add(store, form, "Minutes on paper")
    assert [item.id for item in items(store, form)] == [later, key]


def test_the_same_item_again_is_there_once(store: Store, form: AskedForm) -> None:
    def press(title: str) -> int:
        return add(store, form, title, HTTPS, date(2026, 3, 1))

    with ThreadPoolExecutor(2) as threads:
        keys = set(threads.map(press, ["Yearly report", " Yearly\nreport"]))
    assert [item.id for item in items(store, form)] == [*keys]
    other = add(store, form, "Yearly report", HTTPS)
    assert len(items(store, form)) == 2, "of another day it is another item"
    remove(store, form, other)
    assert add(store, form, "Yearly report", HTTPS) != other, "what was taken away can be added again"


@one_database
def test_a_web_address_is_taken(store: Store, form: AskedForm) -> None:
    for link in ("http://example.org", "HTTPS://EXAMPLE.ORG/A", "https://[2001:db8::1]/x"):
        add(store, form, link=link)
        assert items(store, form)[0].link == link


NO_ADDRESSES = (
    "javascript:alert(1)",
    "JavaScript://example.org/%0aalert(1)",
    "data:text/html,<script>",
    "file:///etc/passwd",
    "ftp://example.org/x",
    "//example.org",
    "example.org",
    "https://",
    "https:///path",
    "https://exa mple.org",
    "https://example.org/\nx y",
    "https://[bad",
    "x" * 20,
    "https://example.org/" + "x" * LINK_LIMIT,
)


@one_database
def test_any_other_address_is_refused(store: Store, form: AskedForm) -> None:
    for link in NO_ADDRESSES:
        with pytest.raises(FieldError) as refusal:
            add(store, form, link=link)
        assert refusal.value.field == "link"
    assert items(store, form) == []


@one_database
def test_a_title_is_needed(store: Store, form: AskedForm) -> None:
    for title in ("", " \x00\n", "x" * (TITLE_LIMIT + 1)):
        with pytest.raises(FieldError) as refusal:
            add(store, form, title)
        assert refusal.value.field == "title"
    assert items(store, form) == []


@one_database
def test_a_day_that_is_still_to_come_is_refused(store: Store, form: AskedForm) -> None:
    with pytest.raises(FieldError) as refusal:
        add(store, form, dated_on=clock.today() + timedelta(days=1))
    assert refusal.value.field == "dated_on"
    add(store, form, dated_on=clock.today())


@one_database
def test_groups_are_never_asked_for_evidence(store: Store, form: AskedForm) -> None:
    add(store, form, of=form.group_id)  # a group may keep what it likes, and its answers point to nothing
    with pytest.raises(RefusedError, match="never asked for evidence"):
        cite(store, form, of=form.group_id)
    with store.reading() as session:
        assert list_evidence(session, viewer=form.partner, organisation_id=form.group_id) == ()
        assert session.exec(select(AnswerEvidence)).all() == []


@one_database
def test_nobody_adds_or_takes_away_for_another_body(store: Store, form: AskedForm) -> None:
    key = add(store, form)
    others = [PUBLIC, OPERATOR, form.partner, form.by_link, reviewing.reviewer(form)]
    others.append(reviewing.holding(form, Role.COORDINATOR))
    for viewer in others:
        with pytest.raises(NotAllowedError), store.writing() as session:
            add_evidence(session, viewer=viewer, organisation_id=form.council_id, fields=EvidenceFields("Eve"))
        with pytest.raises(NotFoundError), store.writing() as session:
            remove_evidence(session, viewer=viewer, evidence_id=key)
    assert [item.id for item in items(store, form)] == [key]


@one_database
def test_the_monitoring_group_and_the_coordinator_read_it_and_no_other_partner_does(
    store: Store, form: AskedForm
) -> None:
    add(store, form)
    with store.reading() as session:
        for viewer in (reviewing.reviewer(form), reviewing.holding(form, Role.COORDINATOR)):
            assert len(list_evidence(session, viewer=viewer, organisation_id=form.council_id)) == 1
        for viewer in (PUBLIC, form.partner, form.by_link, reviewing.holding(form, Role.ADMINISTRATOR)):
            with pytest.raises(NotAllowedError):
                list_evidence(session, viewer=viewer, organisation_id=form.council_id)


def test_an_answer_cites_several_items_and_one_item_speaks_for_several_answers(store: Store, form: AskedForm) -> None:
    first, second = add(store, form), add(store, form, "Minutes")
    assert cite(store, form, first, second) == 1
    assert cite(store, form, second, first) == 1  # the same again, whatever was seen
    assert sorted(cited(store, form)) == [first, second]
    assert cite(store, form, second, seen=1) == 2
    assert cited(store, form) == [second]
    assert cite(store, form, seen=2) == 3
    assert cited(store, form) == []


def test_citing_keeps_the_answer(store: Store, form: AskedForm) -> None:
    key = add(store, form)
    reviewing.choose(store, form, 3)
    assert cite(store, form, key, seen=1) == 2
    with store.reading() as session:
        assert [(row.level, row.revision) for row in session.exec(select(Answer))] == [(3, 2)]


@one_database
def test_an_older_page_cites_nothing_over_what_was_chosen_since(store: Store, form: AskedForm) -> None:
    first, second = add(store, form), add(store, form, "Minutes")
    cite(store, form, first)
    with pytest.raises(EditedElsewhereError):
        cite(store, form, second)
    assert cited(store, form) == [first]


def test_of_two_windows_that_cite_at_once_one_is_told(store: Store, form: AskedForm) -> None:
    keys = [add(store, form, title) for title in ("A report", "Minutes", "A page")]

    def press(key: int) -> str:
        try:
            cite(store, form, key)
        except EditedElsewhereError:
            return "told"
        return "saved"

    with ThreadPoolExecutor(3) as threads:
        assert sorted(threads.map(press, keys)) == ["saved", "told", "told"]
    assert len(cited(store, form)) == 1


@one_database
def test_anothers_item_or_none_is_not_cited(store: Store, form: AskedForm) -> None:
    key = add(store, form)
    remove(store, form, key)
    for wrong in (key, 99_999):
        with pytest.raises(NotFoundError):
            cite(store, form, wrong)
    with store.reading() as session:
        assert session.exec(select(AnswerEvidence)).all() == []


def test_taken_away_it_is_gone_from_a_draft_too(store: Store, form: AskedForm) -> None:
    first, second = add(store, form), add(store, form, "Minutes")
    cite(store, form, first, second)
    remove(store, form, first)
    assert [item.id for item in items(store, form)] == [second]
    assert cited(store, form) == [second]
    with pytest.raises(NotFoundError):
        remove(store, form, first)


def test_what_was_sent_keeps_its_evidence(store: Store, form: AskedForm) -> None:
    key = add(store, form)
    cite(store, form, key)
    ref = reviewing.send_with(store, form, seen=1)
    with pytest.raises(RefusedError, match="that were sent"):
        remove(store, form, key)
    with pytest.raises(RefusedError):
        cite(store, form, seen=2)
    reviewing.send_back(store, form, ref)
    remove(store, form, key)
    assert items(store, form) == []


@one_database
def test_nothing_is_cited_after_closing(store: Store, form: AskedForm) -> None:
    key = add(store, form)
    reviewing.set_period(store, form, PeriodState.CLOSED)
    with pytest.raises(ClosedError):
        cite(store, form, key)
    with store.reading() as session:
        assert session.exec(select(Answer).order_by(col(Answer.id))).all() == []
