"""Work that is killed in its midst, and what must be true after that."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from typing import Any

from sqlmodel import select

from charter.answers import save_comment, save_level
from charter.audit_chain import verify_chain
from charter.rules.access import OPERATOR
from charter.store import reading, writing
from charter.submissions import submit
from db.engine import Store, open_engine
from db.models import Answer, AuditEntry, SelfAssessment
from db.types import OrganisationKind, SelfAssessmentState
from tests import factories
from tests.store.asked_forms import AskedForm, ask
from tests.torture.killing import Tell
from tests.torture.stores import Stores


class Work(ABC):
    """Work that is done, and killed.

    Attributes:
        name: what it is called in the summary.
        longest: until when it is killed, in seconds from the first thing that it tells.
    """

    name: str
    longest: float

    def __init__(self, stores: Stores) -> None:
        """Say where its stores are made."""
        self._stores = stores

    @abstractmethod
    def begin(self, number: int) -> str:
        """Give the address of the store that it is done in."""

    def ready(self) -> None:  # noqa: B027 - most kinds of work need nothing more
        """Make what it needs; the settings name the store by now."""

    @abstractmethod
    def do(self, tell: Tell) -> None:
        """Do it, in a process of its own, and tell each thing that is done."""

    @abstractmethod
    def wrong(self, told: Sequence[str]) -> Iterator[str]:
        """Give what is lost or half done, after the process was killed."""


class OneStore(Work):
    """Work that goes on in one store, killed again and again."""

    _url = ""

    def begin(self, number: int) -> str:
        if number == 0:
            self._url = self._stores.copy()
            opened = Store(open_engine(self._url))
            self.fill(opened)
            opened.engine.dispose()
        return self._url

    @abstractmethod
    def fill(self, opened: Store) -> None:
        """Put into the store what the work needs."""


class Saves(OneStore):
    """Answers and comments that are saved one after the other."""

    name = "saves"
    longest = 0.15
    _form: AskedForm

    def fill(self, opened: Store) -> None:
        self._form = ask(opened)

    def do(self, tell: Tell) -> None:
        form = self._form
        versions = (*form.core, form.more)
        seen = self._revisions()
        for number, version in enumerate(cycle(versions)):
            revision = seen.get(version, 0)
            whose: dict[str, Any] = {"viewer": form.partner, "version_id": version, **form.whose()}
            with writing() as session:
                if number % 2:
                    words = f"comment {number}"
                    saved = save_comment(session, comment=words, may_be_quoted=False, seen_revision=revision, **whose)
                else:
                    saved = save_level(session, choice=number % 5, seen_revision=revision, **whose)
            seen[version] = saved.revision
            tell(f"{version} {saved.revision}")

    def wrong(self, told: Sequence[str]) -> Iterator[str]:
        stored = self._revisions()
        for version, revision in _newest(told).items():
            # What was being saved when the end came may be there too: it was whole, and only nobody was told.
            if stored.get(version, 0) not in (revision, revision + 1):
                yield f"question {version} is at {stored.get(version)} and {revision} was told"

    def _revisions(self) -> dict[int, int]:
        with reading() as session:
            return {row.commitment_version_id: row.revision for row in session.exec(select(Answer))}


def _newest(told: Sequence[str]) -> Mapping[int, int]:
    return {int(version): int(revision) for version, revision in (line.split() for line in told)}


class Submissions(OneStore):
    """Groups that send their answers."""

    name = "submissions"
    longest = 0.15
    _form: AskedForm

    def fill(self, opened: Store) -> None:
        self._form = ask(opened)

    def ready(self) -> None:
        form = self._form
        with writing() as session:
            for _ in range(40):
                group = factories.organisation(session, kind=OrganisationKind.COMMUNITY)
                factories.invitation(session, period_id=form.period_id, organisation_id=group)
                own = factories.self_assessment(session, period_id=form.period_id, organisation_id=group)
                factories.answer(session, self_assessment_id=own, version_id=form.core[0], level=3)

    def do(self, tell: Tell) -> None:
        with reading() as session:
            drafts = session.exec(
                select(SelfAssessment.organisation_id).where(SelfAssessment.state == SelfAssessmentState.DRAFT)
            ).all()
        for group in drafts:
            viewer = self._form.partner_of(group)
            with writing() as session:
                receipt = submit(session, viewer=viewer, declared_by="Ana", **self._form.whose(group))
            tell(receipt.ref)

    def wrong(self, told: Sequence[str]) -> Iterator[str]:
        with reading() as session:
            sent = {row.ref: row for row in session.exec(select(SelfAssessment)) if row.submitted_at is not None}
            said = select(AuditEntry.subject).where(AuditEntry.act == "self_assessment_submitted")
            logged = set(session.exec(said).all())
            broken = verify_chain(session, viewer=OPERATOR)[1]
        yield from (f"{ref} was told to have arrived and has not" for ref in told if ref not in sent)
        half = [
            ref for ref, row in sent.items() if row.state is not SelfAssessmentState.SUBMITTED or not row.declared_by
        ]
        yield from (f"{ref} is half sent" for ref in half)
        yield from (f"{ref} was sent and is not in the log" for ref in sent if not any(ref in each for each in logged))
        yield from (f"the log: {finding}" for finding in broken)
