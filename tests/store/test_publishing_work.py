"""Publishing and correcting by the worker: nothing half published, no old figures, and nothing kept that is private."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, col, select

from charter import preparing, publishing_work
from charter.corrections import Retyped, prepare_correction, publish_correction
from charter.job_steps import Task
from charter.jobs import HANDLERS, JobFound, job_state
from charter.preparing import ChangedMeanwhileError, Prepared
from charter.publishing import start_correction, start_publishing
from charter.releases import list_releases, prepare_release, publish_period, publish_prepared
from charter.rules.access import OPERATOR, PUBLIC, Viewer
from charter.rules.refusals import FieldError, NotAllowedError, RefusedError
from charter.store import reading, writing
from charter.verify import verify
from charter.worker import run_waiting, take_up_broken_off
from db.engine import Store
from db.models import Job, Organisation, Period, ReleaseInput, ReleaseScore, SelfAssessment
from db.types import Breakdown, JobState, NoLevel, PeriodState, SelfAssessmentState, Side, Withheld
from tests.store.closed_reviews import YEAR, Closed, closed
from tests.store.databases import one_database
from tests.store.laid import laid

FIRST, SECOND = f"{YEAR}.1", f"{YEAR}.2"
REASON = "Ana’s levels were typed in wrongly."


@pytest.fixture
def made(site_store: Store) -> Closed:
    return laid(site_store, closed)


def press(made: Closed) -> JobFound:
    with writing() as session:
        return start_publishing(session, viewer=made.coordinator, ref=YEAR)


def press_correct(made: Closed, retyped: Retyped | None = None, reason: str = REASON) -> JobFound:
    with writing() as session:
        return start_correction(session, viewer=made.coordinator, ref=FIRST, reason=reason, retyped=retyped or {})


def found(kind: str, subject: str) -> JobFound:
    with reading() as session:
        job = job_state(session, viewer=OPERATOR, kind=kind, subject=subject)
    assert job is not None
    return job


def released() -> list[str]:
    with reading() as session:
        return [release.ref for release in list_releases(session, viewer=PUBLIC)]


def given() -> list[str]:
    with reading() as session:
        return list(session.exec(select(Job.given).order_by(col(Job.id))))


def accept_the_nhs(made: Closed, state: SelfAssessmentState = SelfAssessmentState.REVIEWED) -> None:
    with writing() as session:
        own = select(SelfAssessment).where(SelfAssessment.organisation_id == made.where.health)
        session.exec(own).one().state = state


def mistyped(made: Closed) -> Retyped:
    with reading() as session:
        ref = session.get_one(Organisation, made.where.groups[3]).ref
    return {(ref, "ELM-1"): 0, (ref, "ELM-2"): NoLevel.DONT_KNOW, (ref, "ELM-3"): None}


def test_a_press_has_the_review_published_once_and_says_so(made: Closed) -> None:
    first = press(made)
    again = press(made)
    assert (again.id, first.begun_before, again.begun_before) == (first.id, False, True)
    assert released() == []
    run_waiting()
    job = found("publish", YEAR)
    assert (job.state, job.done, job.total) == (JobState.DONE, 2, 2)
    assert job.message == "2027 review is published as release 2027.1. Everyone can read it now."
    assert released() == [FIRST]
    with writing() as session, pytest.raises(RefusedError, match="somebody was quicker"):
        start_publishing(session, viewer=made.coordinator, ref=YEAR)
    with reading() as session:
        assert verify(session, viewer=OPERATOR)[1] == ()


def test_nothing_is_seen_before_the_last_step(made: Closed, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, int, list[str]]] = []
    step = Task.step

    def watched(task: Task, message: str = "") -> None:
        step(task, message)
        job = found("publish", YEAR)
        seen.append((job.message, job.done, released()))

    monkeypatch.setattr(Task, "step", watched)
    press(made)
    run_waiting()
    assert seen == [("The figures are made. They are being published.", 1, [])]
    assert released() == [FIRST]


def changing(made: Closed, times: int) -> Callable[..., Prepared]:
    """Give what makes a release ready while somebody accepts the answers of the NHS, and takes that back."""
    states = [SelfAssessmentState.REVIEWED, SelfAssessmentState.SUBMITTED] * times

    def ready(session: Session, *, viewer: Viewer, ref: str) -> Prepared:
        prepared = prepare_release(session, viewer=viewer, ref=ref)
        if len(states) > times:
            accept_the_nhs(made, states.pop(0))
        return prepared

    return ready


def test_answers_that_changed_meanwhile_are_in_the_figures(made: Closed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing_work, "prepare_release", changing(made, 1))
    press(made)
    run_waiting()
    assert found("publish", YEAR).state is JobState.DONE
    with reading() as session:
        health = select(ReleaseInput.counted).where(ReleaseInput.organisation_id == made.where.health)
        assert session.exec(health).one() is True
        assert verify(session, viewer=OPERATOR)[1] == ()


@one_database
def test_where_answers_keep_changing_nothing_is_published(made: Closed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing_work, "prepare_release", changing(made, 9))
    press(made)
    run_waiting()
    job = found("publish", YEAR)
    assert job.state is JobState.FAILED
    assert "Answers changed while the figures were being made" in job.message
    assert "Nothing was published" in job.message
    assert released() == []


@one_database
def test_nothing_is_kept_that_was_made_from_answers_which_changed(made: Closed) -> None:
    with reading() as session:
        ready = prepare_release(session, viewer=OPERATOR, ref=YEAR)
    accept_the_nhs(made)
    with writing() as session, pytest.raises(ChangedMeanwhileError):
        publish_prepared(session, viewer=OPERATOR, prepared=ready)
    accept_the_nhs(made, SelfAssessmentState.SUBMITTED)
    with writing() as session:
        publish_prepared(session, viewer=OPERATOR, prepared=ready)
    with reading() as session:
        ready = prepare_correction(session, viewer=OPERATOR, ref=FIRST, reason=REASON)
    accept_the_nhs(made)
    with writing() as session, pytest.raises(ChangedMeanwhileError):
        publish_correction(session, viewer=OPERATOR, ref=FIRST, prepared=ready)
    assert released() == [FIRST]


def test_a_failure_in_the_last_step_leaves_nothing_half_published(
    made: Closed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(preparing, "freeze_words", fail)
        press(made)
        run_waiting()
    job = found("publish", YEAR)
    assert job.state is JobState.FAILED
    assert "Nothing was published. The code is" in job.message
    with reading() as session:
        assert session.exec(select(ReleaseScore.id)).all() == session.exec(select(ReleaseInput.id)).all() == []
        assert session.get_one(Period, made.period_id).state is PeriodState.CLOSED
    press(made)
    run_waiting()
    assert released() == [FIRST]


def test_work_that_a_crash_broke_off_is_marked_failed_and_what_was_given_is_gone(made: Closed) -> None:
    with writing() as session:
        publish_period(session, viewer=OPERATOR, ref=YEAR)
    job = press_correct(made, mistyped(made))
    assert REASON in given()[0]
    with writing() as session:
        session.get_one(Job, job.id).state = JobState.RUNNING
    take_up_broken_off()
    job = found("correction", FIRST)
    assert job.state is JobState.FAILED
    assert job.message.endswith("Nothing was published. Start it again.")
    assert given() == [""]
    assert released() == [FIRST]


def test_a_crash_just_after_the_last_step_is_not_taken_for_a_failure(made: Closed) -> None:
    job = press(made)
    with writing() as session:
        session.get_one(Job, job.id).state = JobState.RUNNING
    HANDLERS["publish"].work(Task(job.id, YEAR, made.coordinator))
    take_up_broken_off()
    assert found("publish", YEAR).state is JobState.DONE
    assert found("publish", YEAR).message.startswith("2027 review is published")


def test_a_correction_has_its_reason_and_what_was_retyped_and_keeps_neither(made: Closed) -> None:
    with writing() as session:
        publish_period(session, viewer=OPERATOR, ref=YEAR)
    press_correct(made, mistyped(made))
    second = press_correct(made, reason="Another reason")
    assert second.begun_before
    run_waiting()
    job = found("correction", FIRST)
    assert (job.state, job.message) == (
        JobState.DONE,
        "2027 review is corrected: release 2027.2 is published. Everyone can read it now.",
    )
    assert given() == [""]
    with reading() as session:
        newest = list_releases(session, viewer=PUBLIC)[0]
        assert (newest.ref, newest.reason) == (SECOND, REASON)
        hidden = select(ReleaseScore.withheld).where(
            ReleaseScore.release_id == newest.id,
            ReleaseScore.ref == "ELM-1",
            ReleaseScore.side == Side.VCFSE,
            ReleaseScore.breakdown == Breakdown.WHOLE,
        )
        assert session.exec(hidden).one() is Withheld.PROTECTS_ANOTHER
        assert verify(session, viewer=OPERATOR)[1] == ()


@one_database
def test_what_cannot_be_done_is_refused_at_the_press_or_in_the_message(made: Closed) -> None:
    for viewer in (PUBLIC, made.council, made.group):
        with writing() as session, pytest.raises(NotAllowedError):
            start_publishing(session, viewer=viewer, ref=YEAR)
    with writing() as session:
        publish_period(session, viewer=OPERATOR, ref=YEAR)
    for viewer in (PUBLIC, made.council, made.group):
        with writing() as session, pytest.raises(NotAllowedError):
            start_correction(session, viewer=viewer, ref=FIRST, reason=REASON)
    with pytest.raises(FieldError, match="Please say what was wrong"):
        press_correct(made, reason=" ")
    with pytest.raises(FieldError, match="too much for one go"):
        press_correct(made, {(f"GROUP-{number}", "ELM-1"): 1 for number in range(2000)})
    press_correct(made, {("NOBODY", "ELM-1"): 1})
    run_waiting()
    assert found("correction", FIRST).message.endswith("holds no answer of NOBODY to ELM-1. Nothing was changed.")
    assert given() == [""]
    assert released() == [FIRST]
