"""Publishing and correcting as long work: the figures are made first, and all is kept in one write at the end."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from charter.corrections import Retyped, prepare_correction, publish_correction
from charter.job_steps import Task
from charter.preparing import ChangedMeanwhileError, Prepared
from charter.releases import ReleaseFound, prepare_release, publish_prepared
from charter.store import Session, reading, writing
from db.types import NoLevel

_TRIES = 3  # somebody who saves an answer at just this moment is rare; twice in a row is hardly ever
_MAKING = "The figures are being made."
_AGAIN = "An answer changed meanwhile, so the figures are being made again."
_KEEPING = "The figures are made. They are being published."


@dataclass(frozen=True)
class Asked:
    """What a correction needs beyond the release that it corrects."""

    reason: str
    retyped: Retyped

    def written(self) -> str:
        """Write it as JSON, for the job that makes the correction."""
        retyped = [[organisation, ref, said] for (organisation, ref), said in sorted(self.retyped.items())]
        return json.dumps({"reason": self.reason, "retyped": retyped}, ensure_ascii=False)

    @classmethod
    def read(cls, given: str) -> "Asked":
        """Read what `written` wrote."""
        found = json.loads(given)
        retyped = {
            (organisation, ref): NoLevel(said) if isinstance(said, str) else said
            for organisation, ref, said in found["retyped"]
        }
        return cls(found["reason"], retyped)


def publish_work(task: Task) -> str:
    """Publish the closed period that is the task's subject."""
    return _in_two_steps(
        task,
        prepare=lambda session: prepare_release(session, viewer=task.viewer, ref=task.subject),
        keep=lambda session, ready: publish_prepared(session, viewer=task.viewer, prepared=ready),
        said="{title} is published as release {ref}. Everyone can read it now.",
    )


def correction_work(task: Task) -> str:
    """Publish a correction of the release that is the task's subject, with the reason and answers that were given."""
    asked = Asked.read(task.given)
    who: dict[str, Any] = {"viewer": task.viewer, "ref": task.subject, "retyped": asked.retyped}
    return _in_two_steps(
        task,
        prepare=lambda session: prepare_correction(session, reason=asked.reason, **who),
        keep=lambda session, ready: publish_correction(session, prepared=ready, **who),
        said="{title} is corrected: release {ref} is published. Everyone can read it now.",
    )


def _in_two_steps(
    task: Task,
    *,
    prepare: Callable[[Session], Prepared],
    keep: Callable[[Session, Prepared], ReleaseFound],
    said: str,
) -> str:
    """Make ready in a reading scope, and keep in a writing one. Where something changed between, begin again."""
    for again in range(_TRIES):
        task.total(2, _AGAIN if again else _MAKING)
        with reading() as session:
            ready = prepare(session)
        task.step(_KEEPING)
        try:
            with writing() as session:
                release = keep(session, ready)
                message = said.format(title=release.period_title, ref=release.ref)
                task.finish(session, message)
        except ChangedMeanwhileError:
            continue
        return message
    raise ChangedMeanwhileError
