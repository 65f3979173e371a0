"""One piece of long work while it is being carried out: who asked for it, how far it is, and what does it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import case, update
from sqlmodel import col

from charter import clock
from charter.rules.access import Act, Viewer
from charter.store import Session, writing
from db.models import Job
from db.types import JobState


@dataclass
class Task:
    """A job as its handler sees it.

    Attributes:
        job_id: the job's number.
        subject: what it is done to, such as a period's reference.
        viewer: who asked for it, with the rights that they have now; the operator for what the server does by itself.
        given: what else it needs, as it was given with the press.
    """

    job_id: int
    subject: str
    viewer: Viewer
    given: str = ""
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def stopping(self) -> bool:
        """Whether the server is being stopped: work in steps ends after the one that it is at."""
        return self._stop.is_set()

    def total(self, steps: int, message: str = "") -> None:
        """Say how many steps there are, none of them done. Never inside a writing scope of the handler's own."""
        self._set(total=steps, done=0, **({"message": message} if message else {}))

    def step(self, message: str = "") -> None:
        """Say that one more step is done. Never inside a writing scope of the handler's own."""
        done = case((col(Job.done) < col(Job.total), col(Job.done) + 1), else_=col(Job.done))
        self._set(done=done, **({"message": message} if message else {}))

    def finish(self, session: Session, message: str) -> None:
        """Say that it is done, in the writing scope of its last step: one is never kept without the other."""
        done = {"state": JobState.DONE, "done": col(Job.total), "given": "", "message": message}
        session.exec(update(Job).where(col(Job.id) == self.job_id).values(changed_at=clock.now(), **done))

    def _set(self, **values: object) -> None:
        with writing() as session:
            session.exec(update(Job).where(col(Job.id) == self.job_id).values(changed_at=clock.now(), **values))


@dataclass(frozen=True)
class Handler:
    """How one kind of job is carried out.

    Attributes:
        act: what a viewer must be allowed to do to start it and to see how far it is.
        work: does it, in scopes of its own, and gives the message that is shown when it is done.
        resumes: whether it may be run again after the server stopped in the middle of it.
        nothing: what is true of the store when it failed, or was broken off: a sentence for the screen.
        due: tells whether the server is to start it by itself, with the subject `OWN_SUBJECT`.
    """

    act: Act
    work: Callable[[Task], str]
    resumes: bool = False
    nothing: str = "Nothing was half done."
    due: Callable[[], bool] | None = None


OWN_SUBJECT = "outbox"
