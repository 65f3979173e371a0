"""Whoever looks at somebody else's answers is written down: once in each session for each self-assessment.

Reviewers and the coordinator read what public bodies answered, and the coordinator what groups did. The verbs that read
answers call `note_sight`; a page needs no care. A page is drawn anew at each click, so that most sights are known
already: that is one query over an index.
"""

import json
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from charter import audit, clock
from charter.rules.access import Act, Viewer, may
from charter.sessions import LONGEST
from charter.store import afterwards
from db.locks import AUDIT, take_turns
from db.models import AuditDetail, AuditEntry, SelfAssessment

_ACT = "answers_seen"
# Two servers' clocks may be apart, and a session's first sight is at its very beginning.
_CLOCKS_APART = timedelta(minutes=5)


def note_sight(session: Session, *, viewer: Viewer, row: SelfAssessment | None) -> None:
    """Have it written down, at the end of the scope, that a viewer saw an organisation's answers.

    Nobody is written down for their own organisation's answers, nor where there are none yet.

    Args:
        session: the session in which the answers are read.
        viewer: who sees them; access was asked by the caller.
        row: the self-assessment whose answers are read, or None where nothing was begun.
    """
    if row is None or may(viewer, Act.ANSWER, organisation_id=row.organisation_id, period_id=row.period_id):
        return
    ref = row.ref
    if not _is_noted(session, viewer, ref):
        afterwards(session, lambda later: _note(later, viewer, ref))


def _note(session: Session, viewer: Viewer, ref: str) -> None:
    # Two runs of one page at once would both write it down.
    take_turns(session, AUDIT)
    if not _is_noted(session, viewer, ref):
        detail = {"session": viewer.session_id}
        audit.record(session, viewer, act=_ACT, subject=_subject(ref), detail=detail)


def _is_noted(session: Session, viewer: Viewer, ref: str) -> bool:
    noted = session.exec(
        select(AuditDetail.detail)
        .join(AuditEntry, col(AuditEntry.number) == col(AuditDetail.number))
        .where(
            col(AuditEntry.subject) == _subject(ref),
            AuditEntry.act == _ACT,
            col(AuditEntry.account_id).is_not_distinct_from(viewer.account_id),
            col(AuditEntry.at) > _earliest(),
        )
    ).all()
    return any(json.loads(detail).get("session") == viewer.session_id for detail in noted)


def _earliest() -> datetime:
    """No session of an account is older than this, so that no earlier entry can be of it."""
    return clock.now() - LONGEST - _CLOCKS_APART


def _subject(ref: str) -> str:
    return f"self_assessment {ref}"
