"""The worker: one thread of the server that carries out jobs, one after the other."""

import fcntl
import logging
import threading
import time
from typing import IO

from sqlalchemy import update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from charter import clock
from charter.imports.year_end import add_up_last_year
from charter.incidents import report
from charter.job_steps import OWN_SUBJECT, Task
from charter.jobs import ACTIVE, HANDLERS
from charter.mail.delivering import clear_away
from charter.retention.expiring import expire
from charter.rules.access import OPERATOR, Grant, Viewer
from charter.rules.refusals import RefusedError
from charter.settings import prepare_data_dir
from charter.store import reading, writing
from charter.viewers import may_sign_in
from db.models import Account, AccountGrant, Job
from db.types import JobState

LOOK_SECONDS = 1.0
_AWAY_SECONDS = 5.0
_STOP_SECONDS = 10.0
_TIDY_SECONDS = 3600.0
_BROKEN_OFF = "The server stopped while this was being done."
_log = logging.getLogger("charter")


class Worker:
    """Carries out what waits, for as long as the server runs. Of several servers on one data folder, one works."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after the step that is being done. What is left is taken up at the next start."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(_STOP_SECONDS)

    def _run(self) -> None:
        with (prepare_data_dir() / "worker.lock").open("w", encoding="utf-8") as lock:
            while not _is_ours(lock):
                if self._stop.wait(_AWAY_SECONDS):
                    return
            taken_over, tidy_at = False, 0.0
            while not self._stop.is_set():
                wait = LOOK_SECONDS
                try:
                    if not taken_over:
                        take_up_broken_off()
                        taken_over = True
                    if time.monotonic() >= tidy_at:
                        clear_away()
                        add_up_last_year()
                        expire()
                        tidy_at = time.monotonic() + _TIDY_SECONDS
                    run_waiting(self._stop)
                except DBAPIError:  # the store is away, or not ready yet; the pages say so
                    # What became of the job that was being done could not be written down either.
                    wait, taken_over = _AWAY_SECONDS, False
                except Exception as error:  # noqa: BLE001 - a thread that dies unseen would leave all work undone
                    _log.error("the worker goes on after incident %s", report(error))
                    wait = _AWAY_SECONDS
                self._stop.wait(wait)


WORKER = Worker()


def run_waiting(stop: threading.Event | None = None) -> None:
    """Carry out everything that waits or is due, one job after the other, until nothing is left."""
    stop = stop or threading.Event()
    _start_what_is_due()
    while not stop.is_set() and (key := _claim()) is not None:
        _carry_out(key, stop)
        _start_what_is_due()


def take_up_broken_off() -> None:
    """Have jobs that were running when a server stopped run again where that is safe, and mark the others failed."""
    resuming = [kind for kind, handler in HANDLERS.items() if handler.resumes]
    with writing() as session:
        running = col(Job.state) == JobState.RUNNING
        again = {"state": JobState.WAITING, "done": 0, "total": 0, "changed_at": clock.now()}
        session.exec(update(Job).where(running, col(Job.kind).in_(resuming)).values(**again))
        for kind in session.exec(select(Job.kind).where(running).distinct()).all():
            said = f"{_BROKEN_OFF} {_nothing(kind)} Start it again."
            failed = {"state": JobState.FAILED, "message": said, "given": "", "changed_at": clock.now()}
            session.exec(update(Job).where(running, col(Job.kind) == kind).values(**failed))


def _nothing(kind: str) -> str:
    """Say what is true of the store when work of a kind failed; the kind may be one that an older version had."""
    return HANDLERS[kind].nothing if kind in HANDLERS else "Nothing was half done."


def _is_ours(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _start_what_is_due() -> None:
    for kind, handler in HANDLERS.items():
        if handler.due is None or not handler.due():
            continue
        with writing() as session:
            _wait_by_itself(session, kind)


def _wait_by_itself(session: Session, kind: str) -> None:
    """Start a job of the server's own. Its row is used again, as there would soon be one for each e-mail."""
    rows = session.exec(select(Job).where(Job.kind == kind, Job.subject == OWN_SUBJECT).order_by(col(Job.id))).all()
    if any(row.state in ACTIVE for row in rows):
        return
    now = clock.now()
    row = rows[-1] if rows else Job(kind=kind, subject=OWN_SUBJECT, created_at=now, changed_at=now)
    row.state, row.done, row.total, row.message = JobState.WAITING, 0, 0, ""
    row.account_id, row.changed_at = None, now
    session.add(row)


def _claim() -> int | None:
    """Take the job that has waited longest, or None where none does or another process took it."""
    with reading() as session:
        waiting = select(Job.id).where(col(Job.state) == JobState.WAITING).order_by(col(Job.id)).limit(1)
        key = session.exec(waiting).one_or_none()
    if key is None:
        return None
    with writing() as session:
        mine = update(Job).where(col(Job.id) == key, col(Job.state) == JobState.WAITING)
        taken = session.exec(mine.values(state=JobState.RUNNING, changed_at=clock.now())).rowcount
    return key if taken else None


def _carry_out(key: int, stop: threading.Event) -> None:
    with reading() as session:
        job = session.get_one(Job, key)
        kind, task = job.kind, Task(key, job.subject, _viewer(session, job.account_id), job.given, stop)
    state = JobState.FAILED
    try:
        message = HANDLERS[kind].work(task)
        state = JobState.WAITING if stop.is_set() and HANDLERS[kind].resumes else JobState.DONE
    except RefusedError as refusal:
        message = str(refusal)
    except Exception as error:  # noqa: BLE001 - one job that fails must not keep the others waiting
        message = f"Something went wrong. It is our fault, not yours. {_nothing(kind)} The code is {report(error)}."
    ended: dict[str, object] = {"state": state, "message": message, "changed_at": clock.now()}
    if state is not JobState.WAITING:
        # It may hold what groups answered, or a person's name: nobody needs it any more.
        ended["given"] = ""
    with writing() as session:
        session.exec(update(Job).where(col(Job.id) == key).values(**ended))


def _viewer(session: Session, account_id: int | None) -> Viewer:
    """Give who asked, with the rights that they have now; what the server starts by itself has the operator's."""
    if account_id is None:
        return OPERATOR
    account = session.get_one(Account, account_id)
    rows = session.exec(select(AccountGrant).where(AccountGrant.account_id == account_id))
    grants = frozenset(Grant(row.role, row.organisation_id) for row in rows) if may_sign_in(account) else frozenset()
    return Viewer(account_id=account_id, name=account.name, grants=grants)
