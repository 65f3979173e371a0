"""Posting many e-mails, each in a transaction of its own: people who save answers meanwhile need not wait."""

from collections.abc import Callable, Iterable, Sequence

from sqlmodel import Session

from charter.job_steps import Task
from charter.rules.refusals import ClosedError, FieldError, NotFoundError
from charter.store import writing
from db.errors import ConstraintViolatedError


def post_each(
    keys: Sequence[int], post_one: Callable[[Session, int], Iterable[int]], task: Task | None = None
) -> tuple[int, ...]:
    """Post to each of some invitations, and give the numbers of the e-mails.

    One that has answered, was taken off the list or was posted to by another run in this very moment is passed over.

    Args:
        keys: the numbers of the invitations.
        post_one: posts to one of them in a session, and gives the e-mails' numbers.
        task: the job that this is the work of, if it is one's.
    """
    posted: list[int] = []
    if task is not None:
        task.total(len(keys))
    for key in keys:
        if task is not None and task.stopping:
            break
        try:
            with writing() as session:
                made = tuple(post_one(session, key))
        except (ClosedError, NotFoundError, FieldError, ConstraintViolatedError):
            made = ()
        posted.extend(made)
        if task is not None:
            task.step()
    return tuple(posted)
