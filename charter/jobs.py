"""Long work as rows of the table `job`: started by a person or by the server, carried out by one worker thread.

To have long work of another kind carried out, write a function that takes a `Task`, and add a line to `HANDLERS`. The
function opens its own scopes. Either each of its steps is a transaction of its own that may be repeated (`resumes`), or
nothing of it can be seen until its last one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from charter import audit, clock
from charter.job_steps import Handler, Task
from charter.mail.delivering import letters_wait, mail_work
from charter.mail.inviting import invitations_work
from charter.mail.new_links import links_are_asked_for, new_links_work
from charter.mail.reminding import reminders_work
from charter.publishing_work import correction_work, publish_work
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotAllowedError, NotFoundError
from db.models import Job
from db.models.jobs import GIVEN_LIMIT
from db.types import JobState


def _pack_work(task: Task) -> str:
    # What makes charts, slides and papers takes a second to load: no command that has nothing to do with it waits.
    from charter.reports.pack_work import pack_work  # noqa: PLC0415

    return pack_work(task)


HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "mail": Handler(Act.SEND_MAIL, mail_work, resumes=True, due=letters_wait),
        "new_links": Handler(Act.SEND_MAIL, new_links_work, resumes=True, due=links_are_asked_for),
        "invitations": Handler(Act.SEND_MAIL, invitations_work, resumes=True),
        "reminders": Handler(Act.SEND_MAIL, reminders_work, resumes=True),
        # Neither is begun again by itself: hours later its words may not be those that were meant.
        "publish": Handler(Act.PUBLISH, publish_work, nothing="Nothing was published."),
        "correction": Handler(Act.PUBLISH, correction_work, nothing="Nothing was published."),
        "pack": Handler(Act.MAKE_PACKS, _pack_work, resumes=True, nothing="No pack was kept."),
    }
)
ACTIVE = (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True)
class JobFound:
    """How far a job is.

    Attributes:
        done: how many of its steps are done, 0 to `total`.
        total: how many there are; 0 until it is known.
        message: a sentence for the screen, once there is one.
        begun_before: whether a press found it waiting or running already, so that what it was given was not used.
    """

    id: int
    kind: str
    subject: str
    state: JobState
    done: int
    total: int
    message: str
    changed_at: datetime
    begun_before: bool = field(default=False, compare=False)

    @property
    def active(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ACTIVE


def start_job(session: Session, *, viewer: Viewer, kind: str, subject: str, given: str = "") -> JobFound:
    """Have long work begun after the caller's commit. While it waits or runs, starting it again gives the same job.

    Args:
        session: a writing session.
        viewer: who asks. The work is done with the rights that they have when it begins.
        kind: a name in `HANDLERS`.
        subject: what it is done to, such as a period's reference.
        given: what else it needs, as JSON in up to 20,000 letters. It is kept only until the work has ended.

    Raises:
        NotAllowedError: the viewer may not have this done.
        NotFoundError: there is no such kind of work.
        FieldError: too much was given.
    """
    require(viewer, _handler(kind).act)
    if len(given) > GIVEN_LIMIT:
        raise FieldError("given", "This is too much for one go. Do it in several steps. Nothing was changed.")
    if viewer.account_id is None and not viewer.operator:
        # The work is done with the rights of an account, and this viewer has none.
        raise NotAllowedError("This is not open to you. Nothing was changed.")
    running = _active(session, kind, subject)
    if running is not None:
        return replace(_as_found(running), begun_before=True)
    now = clock.now()
    who = viewer.account_id
    row = Job(kind=kind, subject=subject, given=given, account_id=who, created_at=now, changed_at=now)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:  # somebody else started it in the same moment
        found = _active(session, kind, subject)
        if found is None:
            raise
        return replace(_as_found(found), begun_before=True)
    audit.record(session, viewer, act="job_started", subject=f"{kind} {subject}")
    return _as_found(row)


def job_state(session: Session, *, viewer: Viewer, kind: str, subject: str) -> JobFound | None:
    """Read how far the latest job of a kind and subject is, or None if there was none.

    Raises:
        NotAllowedError: the viewer may not see this.
        NotFoundError: there is no such kind of work.
    """
    require(viewer, _handler(kind).act)
    latest = select(Job).where(Job.kind == kind, Job.subject == subject).order_by(col(Job.id).desc()).limit(1)
    row = session.exec(latest).one_or_none()
    return _as_found(row) if row is not None else None


def _handler(kind: str) -> Handler:
    if kind not in HANDLERS:
        raise NotFoundError(f"There is no work called {kind}.")
    return HANDLERS[kind]


def _active(session: Session, kind: str, subject: str) -> Job | None:
    return session.exec(
        select(Job).where(Job.kind == kind, Job.subject == subject, col(Job.state).in_(ACTIVE))
    ).one_or_none()


def _as_found(row: Job) -> JobFound:
    return JobFound(
        id=row.id or 0,
        kind=row.kind,
        subject=row.subject,
        state=row.state,
        done=row.done,
        total=row.total,
        message=row.message,
        changed_at=row.changed_at,
    )
