"""Long work: one of a kind and subject at a time, how far it is, and what becomes of it when the server stops."""

import threading
import time
from collections.abc import Callable, Iterator
from types import MappingProxyType

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from charter import jobs, worker
from charter.job_steps import OWN_SUBJECT, Handler, Task
from charter.jobs import HANDLERS, JobFound, job_state, start_job
from charter.rules.access import OPERATOR, PUBLIC, Act, Grant, Invited, Viewer
from charter.rules.refusals import NotAllowedError, NotFoundError, RefusedError
from charter.store import reading, store, writing
from charter.worker import Worker, run_waiting, take_up_broken_off
from db.engine import Store
from db.models import Account, AccountGrant, AuditEntry, Job
from db.types import JobState, Role
from tests import factories
from tests.store.databases import one_database
from tests.store.mailing import coordinator

Handled = Callable[[Handler], None]


@pytest.fixture
def handled(site_store: Store, monkeypatch: pytest.MonkeyPatch) -> Handled:
    """Give a function that says how work of the kind `test` is carried out."""
    assert site_store is store()

    def use(handler: Handler) -> None:
        table = MappingProxyType({**HANDLERS, "test": handler})
        monkeypatch.setattr(jobs, "HANDLERS", table)
        monkeypatch.setattr(worker, "HANDLERS", table)

    return use


def started(viewer: Viewer = OPERATOR, subject: str = "2026") -> JobFound:
    with writing() as session:
        return start_job(session, viewer=viewer, kind="test", subject=subject)


def found(subject: str = "2026") -> JobFound:
    with reading() as session:
        job = job_state(session, viewer=OPERATOR, kind="test", subject=subject)
    assert job is not None
    return job


def three_steps(task: Task) -> str:
    task.total(3)
    for number in range(3):
        task.step(f"Step {number + 1}")
    return f"All of {task.subject}"


def test_work_in_steps_says_how_far_it_is_and_ends_with_its_message(handled: Handled) -> None:
    seen: list[tuple[JobState, int, int, str]] = []

    def work(task: Task) -> str:
        task.total(2)
        task.step("One is done")
        job = found()
        seen.append((job.state, job.done, job.total, job.message))
        task.step()
        task.step("More than there are does no harm")
        return "All is done"

    handled(Handler(Act.PUBLISH, work))
    assert started().state is JobState.WAITING
    run_waiting()
    assert seen == [(JobState.RUNNING, 1, 2, "One is done")]
    job = found()
    assert (job.state, job.done, job.total, job.message) == (JobState.DONE, 2, 2, "All is done")
    assert not job.active
    with reading() as session:
        assert [(row.act, row.subject) for row in session.exec(select(AuditEntry))] == [("job_started", "test 2026")]


def test_a_second_press_starts_nothing_and_another_subject_does(handled: Handled) -> None:
    handled(Handler(Act.PUBLISH, three_steps))
    first = started()
    assert started() == first
    assert started(subject="2027").id != first.id
    run_waiting()
    assert started().id != first.id, "once it is done it may be started again"


def test_many_presses_at_once_start_one(handled: Handled) -> None:
    handled(Handler(Act.PUBLISH, three_steps))
    ids: list[int] = []
    start = threading.Barrier(4)

    def press() -> None:
        start.wait()
        ids.append(started().id)

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 4
    assert len(set(ids)) == 1


@one_database
def test_a_refusal_is_the_message_and_anything_else_a_code_that_says_nothing_of_the_data(
    handled: Handled, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_task: Task) -> str:
        raise RefusedError("Nobody counted, so nothing was published.")

    typed = "anna@groups.example"  # the log repeats the line of the code that failed

    def fail(_task: Task) -> str:
        raise ValueError(typed)

    handled(Handler(Act.PUBLISH, refuse))
    started()
    run_waiting()
    assert (found().state, found().message) == (JobState.FAILED, "Nobody counted, so nothing was published.")
    handled(Handler(Act.PUBLISH, fail))
    started()
    run_waiting()
    assert found().state is JobState.FAILED
    assert "Something went wrong" in found().message
    assert typed not in found().message + caplog.text


@one_database
def test_work_has_the_rights_that_its_starter_has_when_it_begins(handled: Handled) -> None:
    viewers: list[Viewer] = []

    def work(task: Task) -> str:
        viewers.append(task.viewer)
        return ""

    handled(Handler(Act.PUBLISH, work))
    with writing() as session:
        starter = coordinator(session)
    started(starter)
    with writing() as session:
        session.add(AccountGrant(account_id=starter.account_id or 0, role=Role.REVIEWER, created_at=factories.MOMENT))
        session.delete(session.exec(select(AccountGrant).where(col(AccountGrant.role) == Role.COORDINATOR)).one())
    run_waiting()
    assert [viewer.grants for viewer in viewers] == [frozenset({Grant(Role.REVIEWER)})]
    assert viewers[0].account_id == starter.account_id
    assert not viewers[0].operator


@pytest.mark.parametrize(
    "viewer",
    [
        PUBLIC,
        Viewer(invited=Invited(1, 1, 1)),
        *(Viewer(account_id=1, grants=frozenset({Grant(r)})) for r in Role if r is not Role.COORDINATOR),
    ],
)
@one_database
def test_only_those_who_may_do_the_work_start_or_see_it(handled: Handled, viewer: Viewer) -> None:
    handled(Handler(Act.PUBLISH, three_steps))
    with pytest.raises(NotAllowedError):
        started(viewer)
    with pytest.raises(NotAllowedError), reading() as session:
        job_state(session, viewer=viewer, kind="test", subject="2026")


@one_database
def test_a_viewer_without_an_account_never_gets_the_operators_rights(handled: Handled) -> None:
    handled(Handler(Act.READ_RELEASES, three_steps))
    with pytest.raises(NotAllowedError):
        started(PUBLIC)


@one_database
def test_there_is_no_work_of_an_unknown_kind(site_store: Store) -> None:
    with pytest.raises(NotFoundError), site_store.writing() as session:
        start_job(session, viewer=OPERATOR, kind="unknown", subject="")
    with site_store.reading() as session:
        assert job_state(session, viewer=OPERATOR, kind="mail", subject="none") is None


def test_work_that_was_broken_off_is_taken_up_or_marked_failed(handled: Handled) -> None:
    for resumes, state in ((True, JobState.DONE), (False, JobState.FAILED)):
        handled(Handler(Act.PUBLISH, three_steps, resumes=resumes))
        subject = f"resumes {resumes}"
        key = started(subject=subject).id
        with writing() as session:
            session.get_one(Job, key).state = JobState.RUNNING
        run_waiting()
        assert found(subject).state is JobState.RUNNING, "it may be another's"
        take_up_broken_off()
        run_waiting()
        assert found(subject).state is state
    assert found("resumes False").message.startswith("The server stopped while this was being done.")
    assert found("resumes True").message == "All of resumes True"


@one_database
def test_what_the_server_starts_by_itself_uses_one_row(handled: Handled) -> None:
    waiting = ["a", "b"]

    def work(_task: Task) -> str:
        return waiting.pop()

    handled(Handler(Act.PUBLISH, work, due=lambda: bool(waiting)))
    run_waiting()
    assert waiting == []
    assert found(OWN_SUBJECT).message == "a"
    with reading() as session:
        assert len(session.exec(select(Job)).all()) == 1


@pytest.fixture
def working() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.stop()


def wait_until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


@one_database
def test_the_worker_takes_up_what_waits_and_stops_between_steps(handled: Handled, working: Worker) -> None:
    def work(task: Task) -> str:
        task.total(1000)
        while not task.stopping:
            task.step()
        return "Broken off"

    handled(Handler(Act.PUBLISH, work, resumes=True))
    started()
    working.start()
    wait_until(lambda: found().done > 1)
    working.stop()
    assert found().state is JobState.WAITING, "it goes on at the next start"


@one_database
def test_of_two_servers_on_one_data_folder_one_works(handled: Handled, working: Worker) -> None:
    places: list[str] = []

    def work(_task: Task) -> str:
        places.append(threading.current_thread().name)
        return ""

    handled(Handler(Act.PUBLISH, work))
    working.start()
    second = Worker()
    second.start()
    for number in range(3):
        started(subject=str(number))
    wait_until(lambda: len(places) == 3)
    working.stop()
    second.stop()
    assert sorted(places) == ["worker"] * 3


@one_database
def test_the_worker_goes_on_when_the_store_was_away(
    handled: Handled, working: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_AWAY_SECONDS", 0.05)
    away = [True, True]
    taking_up = worker.take_up_broken_off

    def sometimes_away() -> None:
        if away:
            away.pop()
            raise OperationalError("SELECT", None, Exception("away"))
        taking_up()

    monkeypatch.setattr(worker, "take_up_broken_off", sometimes_away)
    handled(Handler(Act.PUBLISH, three_steps))
    started()
    working.start()
    wait_until(lambda: found().state is JobState.DONE)
    assert away == []
    with reading() as session:
        assert session.exec(select(Account)).all() == []
