"""Long work as rows, and single facts about the store itself."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from db.columns import Table, word
from db.types import JobState

GIVEN_LIMIT = 20_000  # letters


class Job(Table, table=True):
    """A piece of long work. At most one of a kind and subject is waiting or running at a time.

    `given` is what the work needs beyond its subject, as JSON. It may hold what a group answered, so it is emptied when
    the work ends.
    """

    __table_args__ = (
        CheckConstraint("done >= 0 AND total >= 0 AND done <= total", name="done_within_total"),
        CheckConstraint(f"length(given) <= {GIVEN_LIMIT}", name="given_is_bounded"),
        CheckConstraint("given = '' OR state IN ('waiting', 'running')", name="given_while_it_runs"),
        Index(
            "uq_job_kind_subject_running",
            "kind",
            "subject",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'running')"),
            postgresql_where=text("state IN ('waiting', 'running')"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=40)
    subject: str = Field(max_length=120)
    state: JobState = Field(default=JobState.WAITING, sa_column=word(JobState, "state"))
    done: int = 0
    total: int = 0
    message: str = ""
    given: str = ""
    account_id: int | None = Field(default=None, foreign_key="account.id")
    created_at: datetime
    changed_at: datetime


class StoreFact(Table, table=True):
    """A fact about this store that outlives its rows, such as that the demonstration was removed."""

    name: str = Field(primary_key=True, max_length=60)
    value: str = Field(max_length=300)
    set_at: datetime
