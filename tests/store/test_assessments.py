"""Starting and reading a form, its tasks, and whose forms a viewer may open."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from charter import clock
from charter.answers import save_level
from charter.assessments import start
from charter.forms import read_form
from charter.own_forms import own_forms
from charter.rules.access import PUBLIC, Grant, Viewer
from charter.rules.refusals import NotAllowedError, NotFoundError
from charter.tasks import Part, Progress, Task, tasks_of
from db.engine import Store
from db.models import AuditEntry, Period, SelfAssessment
from db.types import EngagementLevel, Measure, NoLevel, PeriodState, Question, Role, SelfAssessmentState, Side
from tests import factories
from tests.store.asked_forms import AskedForm, ask
from tests.store.databases import one_database


@pytest.fixture
def form(store: Store) -> AskedForm:
    return ask(store)


def answer(store: Store, form: AskedForm, version_id: int, choice: int | NoLevel) -> None:
    with store.writing() as session:
        save_level(session, viewer=form.partner, version_id=version_id, choice=choice, seen_revision=0, **form.whose())


def tasks(store: Store, form: AskedForm) -> tuple[Task, ...]:
    with store.reading() as session:
        return tasks_of(read_form(session, viewer=form.partner, **form.whose()))


def test_looking_at_a_form_starts_nothing(store: Store, form: AskedForm) -> None:
    with store.reading() as session:
        found = read_form(session, viewer=form.partner, **form.whose())
    assert (found.ref, found.state, found.editable, found.last_saved_at) == (None, None, True, None)
    assert [(asked.version.version_id, asked.measure) for asked in found.questions] == [
        (version, Measure.EXPERIENCE) for version in (*form.core, form.more)
    ]
    assert [asked.version.version_id for asked in found.core] == list(form.core)
    assert (found.answer(found.core[0]).revision, found.closing.revision) == (0, 0)
    with store.reading() as session:
        assert session.exec(select(SelfAssessment)).all() == []


@one_database
def test_a_public_body_is_asked_for_its_practice(store: Store, form: AskedForm) -> None:
    with store.reading() as session:
        found = read_form(session, viewer=form.partner_of(form.council_id), **form.whose(form.council_id))
    assert {asked.measure for asked in found.questions} == {Measure.PRACTICE}
    assert (found.side, found.closing_asked) == (Side.PUBLIC, (Question.ENGAGEMENT_LEVEL,))


def test_a_form_shows_what_was_saved(store: Store, form: AskedForm) -> None:
    answer(store, form, form.core[0], 3)
    answer(store, form, form.core[1], NoLevel.DOES_NOT_APPLY)
    with store.reading() as session:
        found = read_form(session, viewer=form.by_link, **form.whose())
    assert [found.answer(asked).word for asked in found.questions] == ["3", "does_not_apply", None]
    assert found.state is SelfAssessmentState.DRAFT
    assert found.last_saved_at is not None
    assert clock.now() - found.last_saved_at < timedelta(minutes=1)


@one_database
def test_the_minutes_left_follow_the_answers(store: Store, form: AskedForm) -> None:
    left = []
    for version in (None, *form.core):
        if version:
            answer(store, form, version, 2)
        with store.reading() as session:
            found = read_form(session, viewer=form.partner, **form.whose())
        # Two main and three short questions of half a minute, and one minute to send; halves go to the even minute.
        assert found.minutes() == 4
        left.append(found.minutes_left())
    assert left == [4, 3, 2]


def test_two_windows_that_start_at_once_make_one_form(store: Store, form: AskedForm) -> None:
    def begin(_number: int) -> str:
        with store.writing() as session:
            return start(session, viewer=form.partner, **form.whose()).ref

    with ThreadPoolExecutor(4) as threads:
        refs = set(threads.map(begin, range(4)))
    with store.reading() as session:
        assert [row.ref for row in session.exec(select(SelfAssessment))] == list(refs)
        acts = [entry.act for entry in session.exec(select(AuditEntry))]
    assert acts == ["self_assessment_started"]


@one_database
def test_a_reference_is_eight_letters_that_can_be_read_out(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        ref = start(session, viewer=form.partner, **form.whose()).ref
    assert len(ref) == 11
    assert ref.startswith("SA-")
    assert not set(ref[3:]) & set("ILOU")


@one_database
def test_a_form_is_read_by_its_group_and_the_coordinator_alone(store: Store, form: AskedForm) -> None:
    answer(store, form, form.core[0], 3)
    coordinator = Viewer(account_id=form.account_id, grants=frozenset({Grant(Role.COORDINATOR)}))
    refused = [PUBLIC, form.partner_of(form.other_id), form.partner_of(form.council_id)]
    refused += [Viewer(account_id=1, grants=frozenset({Grant(role)})) for role in (Role.REVIEWER, Role.ADMINISTRATOR)]
    with store.reading() as session:
        for viewer in (form.partner, form.by_link, coordinator):
            assert read_form(session, viewer=viewer, **form.whose()).answered is not None
        for viewer in refused:
            with pytest.raises(NotAllowedError):
                read_form(session, viewer=viewer, **form.whose())


@one_database
def test_an_unknown_period_or_organisation_is_not_found(store: Store, form: AskedForm) -> None:
    with store.reading() as session:
        with pytest.raises(NotFoundError):
            read_form(session, viewer=form.partner, organisation_id=form.group_id, period_id=999)
        with pytest.raises(NotFoundError):
            read_form(session, viewer=form.partner, organisation_id=999, period_id=form.period_id)


def test_tasks_are_the_main_strands_then_the_short_questions_then_more(store: Store, form: AskedForm) -> None:
    assert [(task.step, task.part, task.asked, task.progress) for task in tasks(store, form)] == [
        ("dialogue", Part.MAIN, 2, Progress.NOT_STARTED),
        ("last-questions", Part.CLOSING, 3, Progress.NOT_STARTED),
        ("resilience-more", Part.MORE, 1, Progress.NOT_STARTED),
    ]
    answer(store, form, form.core[0], 3)
    first = tasks(store, form)[0]
    assert (first.answered, first.progress) == (1, Progress.IN_PROGRESS)
    answer(store, form, form.core[1], NoLevel.DONT_KNOW)
    first = tasks(store, form)[0]
    assert (first.answered, first.progress) == (2, Progress.DONE)


@one_database
def test_a_strand_whose_name_is_taken_is_told_by_its_theme(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        theme = factories.theme(session, ref="equality")
        for ref in ("check", "dialogue"):
            strand = factories.strand(session, theme_id=theme, ref=ref)
            made = factories.commitment(session, strand_id=strand, seen_by_sector=True)
            factories.asked(session, period_id=form.period_id, version_id=made.version_id)
    steps = [task.step for task in tasks(store, form)]
    assert "equality-check" in steps
    assert "equality-dialogue" in steps
    assert len(set(steps)) == len(steps) == 5


def test_own_forms_are_those_of_ones_organisations_open_ones_first(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        charter = session.get_one(Period, form.period_id).charter_id
        before = factories.period(session, ref="before", charter_id=charter, state=PeriodState.PUBLISHED)
        planned = factories.period(session, ref="planned", charter_id=charter, state=PeriodState.PLANNED)
        session.get_one(Period, before).closes_on = clock.today() + timedelta(days=300)
        for period in (before, planned):
            factories.invitation(session, period_id=period, organisation_id=form.group_id)
        factories.invitation(
            session, period_id=before, organisation_id=form.other_id, removed_at=clock.now(), removed_reason="Gone"
        )
    with store.reading() as session:
        mine = own_forms(session, viewer=form.partner)
        theirs = own_forms(session, viewer=form.partner_of(form.other_id))
        by_link = own_forms(session, viewer=form.by_link)
        assert own_forms(session, viewer=PUBLIC) == ()
    assert [(own.period_id, own.open) for own in mine] == [(form.period_id, True), (before, False)]
    assert [own.period_id for own in theirs] == [form.period_id]
    assert [(own.organisation_id, own.period_id) for own in by_link] == [(form.group_id, form.period_id)]


@one_database
def test_a_closing_answer_is_read_by_its_question(store: Store, form: AskedForm) -> None:
    with store.writing() as session:
        row = start(session, viewer=form.partner, **form.whose())
        row.engagement_level, row.closing_revision = EngagementLevel.DELIBERATION, 1
    with store.reading() as session:
        found = read_form(session, viewer=form.partner, **form.whose())
    assert found.closing.given == {Question.ENGAGEMENT_LEVEL: EngagementLevel.DELIBERATION}
