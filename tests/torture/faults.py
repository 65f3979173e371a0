"""What goes wrong around the site: no room on the disk, a disk that takes no writing, a database that is away, a clock
that is set back, two servers at once. Nothing may be lost, and it goes on without anybody's hands.
"""

import multiprocessing
import os
import resource
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import time_machine
from sqlalchemy.exc import OperationalError
from sqlmodel import func, select

from charter import clock
from charter.answers import save_level
from charter.attempts import PAIR_LIMIT, LockedError, begin_attempt
from charter.audit_chain import verify_chain
from charter.incidents import store_is_away
from charter.rules.access import OPERATOR
from charter.settings import settings
from charter.startup import prepare_store
from charter.store import reading, store, writing
from charter.submissions import submit, take_back
from db.models import Answer, Charter, StoreFact
from tests.postgresql import PostgresqlServer
from tests.store.asked_forms import AskedForm, ask
from tests.torture.counts import Counts
from tests.torture.stores import Stores, left_alone, named

_ROOM = 60_000  # bytes that are left on the disk
_NOBODY = 65_534  # the user that owns nothing
_SAVES = 400
Fault = Callable[[Stores], Iterator[str]]


def run(*, count: int, stores: Stores, server: PostgresqlServer) -> tuple[Counts, ...]:
    """Let each thing go wrong so many times, and look whether all is there and it goes on by itself."""
    in_postgresql = Stores(Path(tempfile.gettempdir()), server)
    return (
        _tried("full disk", count, stores, full_disk),
        _tried("disk that takes no writing", count, stores, read_only_disk),
        _tried("database away and back", count, in_postgresql, away_and_back(server)),
        _tried("clock set back", count, stores, clock_set_back),
        _tried("two servers starting at once", count, stores, two_at_once),
    )


def _tried(name: str, count: int, stores: Stores, fault: Fault) -> Counts:
    wrong = [f"{name} {number}: {found}" for number in range(count) for found in fault(stores)]
    return Counts(f"faults: {name} ({stores.kind})", count, tuple(wrong), "lost, unclear or not recovered")


@contextmanager
def _form(stores: Stores) -> Iterator[AskedForm]:
    """Give a form to be filled in, in a store that the settings name, in a folder into which everybody may look."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with named(stores.copy(into=Path(folder)), Path(folder) / "var"):
            yield ask(store())


def _save(form: AskedForm, number: int) -> bool:
    """Save an answer, and tell whether it was saved; the only other end is a store that is away, which pages tell."""
    version = form.core[0]
    try:
        with writing() as session:
            row = session.exec(select(Answer.revision).where(Answer.commitment_version_id == version)).one_or_none()
            whose = form.whose()
            save_level(
                session,
                viewer=form.partner,
                version_id=version,
                choice=number % 5,
                seen_revision=row or 0,
                organisation_id=whose["organisation_id"],
                period_id=whose["period_id"],
            )
    except OperationalError as error:
        return not store_is_away(error)
    return True


def _revision(form: AskedForm) -> int:
    with reading() as session:
        found = select(Answer.revision).where(Answer.commitment_version_id == form.core[0])
        return session.exec(found).one_or_none() or 0


def full_disk(stores: Stores) -> Iterator[str]:
    """Let the store's files grow no more, as on a disk without room, and then again."""
    with _form(stores) as form:
        _save(form, 0)
        held = _revision(form)
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (_ROOM, hard))
        try:
            saved = 0
            while saved < _SAVES and _save(form, saved + 1):
                saved += 1
            left_alone()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        if saved == _SAVES:
            yield "the disk never was full, so that nothing was tried"
        if _revision(form) != held + saved:
            yield f"{saved} answers were said to be saved, and {_revision(form) - held} are there"
        if not _save(form, saved + 2):
            yield "with room again, nothing could be saved"


def read_only_disk(stores: Stores) -> Iterator[str]:
    """Let nothing be written, and then again."""
    with _form(stores) as form:
        _save(form, 0)
        held = _revision(form)
        with _nothing_can_be_written(Path(str(store().engine.url.database))):
            saved = _save(form, 1)
        if saved:
            yield "an answer was said to be saved that could not be written"
        if _revision(form) != held:
            yield "what was there before is not there any more"
        if not _save(form, 2):
            yield "when writing was possible again, nothing could be saved"


@contextmanager
def _nothing_can_be_written(database: Path) -> Iterator[None]:
    left_alone()
    files = list(database.parent.glob(f"{database.name}*"))
    before = os.geteuid()
    for file in files:
        file.chmod(0o444)
    if before == 0:  # who may do anything has to be somebody else meanwhile
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)
        left_alone()
        for file in files:
            if file.exists():
                file.chmod(0o600)


def away_and_back(server: PostgresqlServer) -> Fault:
    """Give the fault in which a database lets nobody in, and then again, while its users stay."""

    def fault(stores: Stores) -> Iterator[str]:
        with _form(stores) as form:
            _save(form, 0)
            held = _revision(form)
            server.shut(str(store().engine.url.database))
            if _save(form, 1):
                yield "an answer was said to be saved while the database was away"
            server.open(str(store().engine.url.database))
            if _revision(form) != held:
                yield "what was there before is not there any more"
            if not _save(form, 2):
                yield "when the database was back, nothing could be saved"

    return fault


def clock_set_back(stores: Stores) -> Iterator[str]:
    """Set the clock back by a day and by a year between what people do."""
    for back in (timedelta(days=1), timedelta(days=365)):
        with _form(stores) as form:
            for number in range(3):
                _save(form, number)
            for _ in range(PAIR_LIMIT):
                _try_to_sign_in()
            with time_machine.travel(clock.now() - back, tick=True):
                if not _save(form, 4):
                    yield f"nothing could be saved, {back} before"
                if not _try_to_sign_in():
                    yield f"a lock of minutes lasts {back}"
                with writing() as session:
                    session.add(StoreFact(name="a change", value="then", set_at=clock.now()))
            yield from _sent_and_taken_back(form)


def _try_to_sign_in() -> bool:
    try:
        with writing() as session:
            begin_attempt(session, email="ana@example.org", address="192.0.2.1")
    except LockedError:
        return False
    return True


def _sent_and_taken_back(form: AskedForm) -> Iterator[str]:
    whose = form.whose()
    with writing() as session:
        submit(session, viewer=form.partner, declared_by="Ana", **whose)
    with time_machine.travel(clock.now() - timedelta(hours=3), tick=True), writing() as session:
        take_back(session, viewer=form.partner, **whose)
    with reading() as session:
        yield from (f"the log: {finding}" for finding in verify_chain(session, viewer=OPERATOR)[1])


def two_at_once(stores: Stores) -> Iterator[str]:
    """Start two servers at the same moment on a store that is not there yet."""
    with tempfile.TemporaryDirectory() as folder, named(stores.empty(), Path(folder) / "var"):
        left_alone()
        apart = multiprocessing.get_context("fork")
        servers = [apart.Process(target=prepare_store) for _ in range(2)]
        for server in servers:
            server.start()
        for server in servers:
            server.join()
            if server.exitcode:
                yield f"a server did not come up: {server.exitcode}"
        with reading() as session:
            charters = session.exec(select(func.count()).select_from(Charter)).one()
            refs = session.exec(select(func.count(Charter.ref.distinct()))).one()  # type: ignore[attr-defined]
        if not charters or charters != refs:
            yield f"there are {charters} charters by {refs} names in {settings().store_url}"
