"""Making a review pack as long work: nothing of it can be had before its last step keeps it with the release."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from charter import clock
from charter.job_steps import Task
from charter.reports.contents import Contents, read_contents
from charter.reports.pack import STEPS, make_pack
from charter.reports.pack_kept import find_pack, keep_pack
from charter.rules.access import Viewer
from charter.settings import settings
from charter.store import reading, writing

_READY = "The review pack of release {ref} is ready."


class StoppingError(Exception):
    """The server is being stopped, so that the work ends here and is done again at the next start."""


@dataclass(frozen=True)
class Made:
    """A pack that is made and not kept yet, with the moment at which what it tells was read."""

    content: bytes
    read_at: datetime


def pack_work(task: Task) -> str:
    """Make the pack of the release that is the task's subject, unless it is there."""
    ready = _READY.format(ref=task.subject)
    with reading() as session:
        there = find_pack(session, viewer=task.viewer, ref=task.subject)
    if there is not None:
        return ready
    task.total(STEPS)
    try:
        made = make_from_store(viewer=task.viewer, ref=task.subject, begin=_teller(task))
    except StoppingError:
        return ""
    with writing() as session:
        keep_pack(session, viewer=task.viewer, ref=task.subject, content=made.content, read_at=made.read_at)
        task.finish(session, ready)
    return ready


def make_from_store(*, viewer: Viewer, ref: str, begin: Callable[[str], None] = lambda _said: None) -> Made:
    """Read a release and make its pack. The store is not held meanwhile.

    Raises:
        NotFoundError: there is no such release.
        RefusedError: the release was withdrawn.
    """
    read_at = clock.now()
    with reading() as session:
        contents: Contents = read_contents(session, viewer=viewer, ref=ref)
    return Made(make_pack(contents, address=settings().site_address, begin=begin), read_at)


def _teller(task: Task) -> Callable[[str], None]:
    """Give what tells the task of each step before it begins, when the one before it is done."""
    begun = False

    def begin(said: str) -> None:
        nonlocal begun
        if task.stopping:
            raise StoppingError
        if begun:
            task.step(said)
        else:
            task.total(STEPS, said)
        begun = True

    return begin
