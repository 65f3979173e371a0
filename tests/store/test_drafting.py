"""Directorates draft parts of one self-assessment: who may say so, what a drafter may do, and who sends."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlmodel import select

from charter.answers import save_comment, save_level, save_no_change
from charter.citing import cite_evidence
from charter.closing import save_closing
from charter.drafters import bodies_that_draft, drafting_of
from charter.drafting import DIRECTORATE_LIMIT, assign_parts
from charter.forms import Form, read_form
from charter.returned import reply_to_return
from charter.rules.access import OPERATOR, PUBLIC, Grant, Viewer
from charter.rules.refusals import FieldError, NotAllowedError, NotFoundError, RefusedError
from charter.submissions import submit
from db.engine import Store
from db.models import Answer, SelfAssessment
from db.types import EngagementLevel, Question, Role, SelfAssessmentState
from tests import factories
from tests.store import reviewing
from tests.store.asked_forms import AskedForm, ask
from tests.store.databases import one_database
from tests.store.draft_parts import HOUSING, assign, parts, person, strand_of


@pytest.fixture
def form(store: Store) -> AskedForm:
    return ask(store)


def level(store: Store, form: AskedForm, viewer: Viewer, version_id: int) -> None:
    with store.writing() as session:
        save_level(
            session, viewer=viewer, version_id=version_id, choice=3, seen_revision=0, **form.whose(form.council_id)
        )


def read(store: Store, form: AskedForm, viewer: Viewer) -> Form:
    with store.reading() as session:
        return read_form(session, viewer=viewer, **form.whose(form.council_id))


@pytest.fixture
def lead(store: Store, form: AskedForm) -> Viewer:
    return person(store, form, "Lea")


@pytest.fixture
def drafter(store: Store, form: AskedForm, lead: Viewer) -> Viewer:
    """Give somebody who drafts the strand of the third question for the housing directorate."""
    found = person(store, form, "Dan")
    assign(store, form, lead, found, [strand_of(store, form.more)])
    return found


# Saying who drafts.


def test_a_lead_says_who_drafts_and_takes_it_back(store: Store, form: AskedForm, lead: Viewer) -> None:
    dan = person(store, form, "Dan")
    first, second = strand_of(store, form.core[0]), strand_of(store, form.more)
    assign(store, form, lead, dan, [first, second], directorate=f"  {HOUSING} ")
    assert parts(store) == sorted((dan.account_id or 0, strand, HOUSING) for strand in (first, second))
    assign(store, form, lead, dan, [second])
    assert [part[1] for part in parts(store)] == [second]
    assign(store, form, lead, dan, [])
    assert parts(store) == []


@one_database
def test_the_coordinator_and_the_administrator_may_say_it_too(store: Store, form: AskedForm, lead: Viewer) -> None:
    assert lead
    for drafts, role in enumerate((Role.COORDINATOR, Role.ADMINISTRATOR), start=1):
        drafter = person(store, form, f"Dan {drafts}")
        assign(store, form, reviewing.holding(form, role), drafter, [strand_of(store, form.more)])
        assert len(parts(store)) == drafts


@one_database
def test_nobody_else_says_who_drafts(store: Store, form: AskedForm, lead: Viewer, drafter: Viewer) -> None:
    strand = strand_of(store, form.core[0])
    others = [PUBLIC, OPERATOR, form.partner, form.by_link, reviewing.reviewer(form)]
    for viewer in others:
        with pytest.raises(NotAllowedError):
            assign(store, form, viewer, lead, [strand])
    with pytest.raises(RefusedError, match="Only the lead"):
        assign(store, form, drafter, drafter, [])
    assert [part[0] for part in parts(store)] == [drafter.account_id]


@one_database
def test_somebody_is_always_left_who_sends(store: Store, form: AskedForm, lead: Viewer, drafter: Viewer) -> None:
    assert drafter
    with pytest.raises(RefusedError, match="Somebody must be left"):
        assign(store, form, lead, lead, [strand_of(store, form.core[0])])
    assert lead.account_id not in {part[0] for part in parts(store)}


def test_two_leads_who_make_drafters_of_each_other_at_once_leave_one(
    store: Store, form: AskedForm, lead: Viewer
) -> None:
    other = person(store, form, "Max")
    strand = strand_of(store, form.more)

    def press(pair: tuple[Viewer, Viewer]) -> str:
        try:
            assign(store, form, pair[0], pair[1], [strand])
        except RefusedError:
            return "refused"
        return "saved"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(press, [(lead, other), (other, lead)])) == ["refused", "saved"]
    assert len(parts(store)) == 1


@one_database
def test_only_people_of_the_body_and_parts_that_are_there(store: Store, form: AskedForm, lead: Viewer) -> None:
    strand = strand_of(store, form.more)
    stranger = person(store, form, "Eve", form.group_id)
    dan = person(store, form, "Dan")
    with pytest.raises(NotFoundError):
        assign(store, form, lead, stranger, [strand])
    with pytest.raises(NotFoundError):
        assign(store, form, lead, dan, [strand, 99_999])
    assert parts(store) == []


@one_database
def test_a_directorate_has_a_name(store: Store, form: AskedForm, lead: Viewer) -> None:
    dan = person(store, form, "Dan")
    for directorate in ("", " \x00", "x" * (DIRECTORATE_LIMIT + 1)):
        with pytest.raises(FieldError):
            assign(store, form, lead, dan, [strand_of(store, form.more)], directorate=directorate)
    assert parts(store) == []


@one_database
def test_a_groups_answers_are_drafted_by_nobody(store: Store, form: AskedForm) -> None:
    ana, ben = person(store, form, "Ana", form.group_id), person(store, form, "Ben", form.group_id)
    with pytest.raises(RefusedError, match="Only a public body"), store.writing() as session:
        assign_parts(
            session,
            viewer=ana,
            organisation_id=form.group_id,
            account_id=ben.account_id or 0,
            directorate=HOUSING,
            strand_ids=[strand_of(store, form.more)],
        )
    assert parts(store) == []


def test_whoever_keeps_people_says_who_drafts_and_reads_it_without_any_answer(
    store: Store, form: AskedForm, lead: Viewer
) -> None:
    dan = person(store, form, "Dan")
    for role, strand in ((Role.COORDINATOR, form.more), (Role.ADMINISTRATOR, form.core[0])):
        keeper = Viewer(account_id=lead.account_id, grants=frozenset({Grant(role)}))
        assign(store, form, keeper, dan, [strand_of(store, strand)])
        with store.reading() as session:
            assert bodies_that_draft(session, viewer=keeper) == {form.council_id: "Riverbank Council"}
            found = drafting_of(session, viewer=keeper, organisation_id=form.council_id)
        assert [strand.title for strand in found.strands] == ["Dialogue", "Resilience"]
        assert {each.name: each.strand_ids for each in found.people}["Dan"] == {strand_of(store, strand)}
        assert read(store, form, dan).drafting.may_answer(strand)
    elsewhere = Viewer(account_id=dan.account_id, grants=frozenset({Grant(Role.PARTNER, form.group_id)}))
    for other in (PUBLIC, elsewhere, Viewer(account_id=1, grants=frozenset({Grant(Role.REVIEWER)}))):
        with store.reading() as session:
            with pytest.raises(NotAllowedError):
                bodies_that_draft(session, viewer=other)
            with pytest.raises(NotAllowedError):
                drafting_of(session, viewer=other, organisation_id=form.council_id)


# What a drafter may do.


def test_a_drafter_answers_the_questions_of_its_strands_and_no_other(
    store: Store, form: AskedForm, drafter: Viewer
) -> None:
    level(store, form, drafter, form.more)
    changes: tuple[Callable[..., object], ...] = (
        partial(save_level, choice=3, seen_revision=0),
        partial(save_no_change, seen_revision=0),
        partial(save_comment, comment="Mine", may_be_quoted=False, seen_revision=0),
        partial(cite_evidence, evidence_ids=(), seen_revision=0),
        partial(reply_to_return, reply="Mine"),
    )
    for change in changes:
        with pytest.raises(RefusedError, match="drafted by somebody else"), store.writing() as session:
            change(session, viewer=drafter, version_id=form.core[0], **form.whose(form.council_id))
    with store.reading() as session:
        assert [row.commitment_version_id for row in session.exec(select(Answer))] == [form.more]


@one_database
def test_a_drafter_neither_answers_the_short_questions_nor_sends(
    store: Store, form: AskedForm, lead: Viewer, drafter: Viewer
) -> None:
    level(store, form, lead, form.core[0])
    with pytest.raises(RefusedError, match="Only the lead"), store.writing() as session:
        save_closing(
            session,
            viewer=drafter,
            question=Question.ENGAGEMENT_LEVEL,
            choice=EngagementLevel.PARTNERSHIP,
            seen_revision=0,
            **form.whose(form.council_id),
        )
    with pytest.raises(RefusedError, match="Only the lead"), store.writing() as session:
        submit(session, viewer=drafter, declared_by="Dan", **form.whose(form.council_id))
    with store.reading() as session:
        row = session.exec(select(SelfAssessment)).one()
        assert (row.state, row.engagement_level) == (SelfAssessmentState.DRAFT, None)
    with store.writing() as session:
        submit(session, viewer=lead, declared_by="Lea", **form.whose(form.council_id))
    assert reviewing.state(store) is SelfAssessmentState.SUBMITTED


@one_database
def test_a_lead_answers_everything_also_what_is_drafted(
    store: Store, form: AskedForm, lead: Viewer, drafter: Viewer
) -> None:
    assert drafter
    for version in (*form.core, form.more):
        level(store, form, lead, version)
    with store.reading() as session:
        assert len(session.exec(select(Answer)).all()) == 3


@one_database
def test_a_part_for_one_body_binds_nobody_in_another(store: Store, form: AskedForm, drafter: Viewer) -> None:
    both = Viewer(account_id=drafter.account_id, grants=drafter.grants | {Grant(Role.PARTNER, form.group_id)})
    with store.writing() as session:
        save_level(session, viewer=both, version_id=form.core[0], choice=3, seen_revision=0, **form.whose())
    assert reviewing.state(store) is SelfAssessmentState.DRAFT


# What the form tells.


def test_the_form_tells_whose_part_is_whose(store: Store, form: AskedForm, lead: Viewer, drafter: Viewer) -> None:
    found = read(store, form, drafter)
    assert found.drafting.own is not None
    assert found.drafting.own.directorate == HOUSING
    assert [found.may_answer(question) for question in found.questions] == [False, False, True]
    assert [each.name for each in found.drafting.leads] == ["Lea"]
    led = read(store, form, lead)
    assert led.drafting.own is None
    assert all(map(led.may_answer, led.questions))
    assert [each.name for each in led.drafting.drafters(form.more)] == ["Dan"]
    assert led.drafting.drafters(form.core[0]) == ()


@one_database
def test_who_is_shut_out_neither_leads_nor_drafts(store: Store, form: AskedForm, lead: Viewer) -> None:
    with store.writing() as session:
        gone = factories.account(session, name="Gone", disabled_at=factories.MOMENT)
        factories.grant(session, account_id=gone, organisation_id=form.council_id)
    assert [each.name for each in read(store, form, lead).drafting.people] == ["Lea"]
    with pytest.raises(RefusedError, match="Somebody must be left"):
        assign(store, form, lead, lead, [strand_of(store, form.more)])
