"""Work that is there whole or not at all: an import, a release, a migration, a backup."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import func, select

from charter.audit_chain import verify_chain
from charter.backup.making import back_up
from charter.backup.restoring import opened_backup
from charter.publishing import start_publishing
from charter.releases import list_releases
from charter.rules.access import OPERATOR, PUBLIC
from charter.settings import settings
from charter.sources.organisations import import_organisations, on_the_list, read_organisations
from charter.store import reading, store, writing
from charter.verify import verify
from charter.worker import run_waiting, take_up_broken_off
from db.engine import Store, open_engine
from db.migrations.running import newest_revision, upgrade
from db.models import Organisation
from tests import factories
from tests.store.closed_reviews import YEAR, Closed, closed
from tests.torture.interrupted import OneStore, Work
from tests.torture.killing import Tell


class Imports(OneStore):
    """Lists of organisations that are brought in."""

    name = "imports"
    longest = 0.4
    _rows = 120
    _numbers = count(1)

    def fill(self, opened: Store) -> None:
        del opened  # an empty list is what it begins with

    def do(self, tell: Tell) -> None:
        tell("begun")
        for number in self._numbers:
            batch = f"{self._held()} {number}"
            lines = [f"Group {batch} {row},community" for row in range(self._rows)]
            content = "\n".join(["name,kind", *lines]).encode()
            with reading() as session:
                known = on_the_list(session, viewer=OPERATOR)
            found = read_organisations(content, known=known)
            with writing() as session:
                import_organisations(session, viewer=OPERATOR, found=found, leave_out_lookalikes=False)
            tell(str(self._held()))

    def wrong(self, told: Sequence[str]) -> Iterator[str]:
        held = self._held()
        if held % self._rows:
            yield f"{held} organisations are there: half a file of {self._rows}"
        newest = int(told[-1]) if len(told) > 1 else 0
        if held < newest:
            yield f"{held} organisations are there and {newest} were told"

    def _held(self) -> int:
        with reading() as session:
            return session.exec(select(func.count()).select_from(Organisation)).one()


class Publishing(Work):
    """A review that is published."""

    name = "publishing"
    longest = 0.7
    _laid = ""
    _made: Closed

    def begin(self, number: int) -> str:
        if number == 0:
            self._laid = self._stores.copy()
            opened = Store(open_engine(self._laid))
            with opened.writing() as session:
                self._made = closed(session)
            opened.engine.dispose()
        return self._stores.copy(self._laid)

    def ready(self) -> None:
        self._press()

    def do(self, tell: Tell) -> None:
        tell("begun")
        run_waiting()
        tell("published")

    def wrong(self, told: Sequence[str]) -> Iterator[str]:
        take_up_broken_off()  # as the next start does
        releases = self._releases()
        if "published" in told and not releases:
            yield "the release was told to be there and is not"
        if not releases:
            self._press()  # nobody has to put anything right first
            run_waiting()
            releases = self._releases()
        if releases != [f"{YEAR}.1"]:
            yield f"the releases are {releases}"
        with reading() as session:
            yield from (f"a figure differs: {each}" for each in verify(session, viewer=OPERATOR)[1])
            yield from (f"the log: {finding}" for finding in verify_chain(session, viewer=OPERATOR)[1])

    def _press(self) -> None:
        with writing() as session:
            start_publishing(session, viewer=self._made.coordinator, ref=YEAR)

    def _releases(self) -> list[str]:
        with reading() as session:
            return [each.ref for each in list_releases(session, viewer=PUBLIC)]


class Migrations(Work):
    """A store that is brought up to date from nothing."""

    name = "migrations"
    longest = 0.8
    _shape: Mapping[str, Sequence[str]]

    def begin(self, number: int) -> str:
        if number == 0:
            self._shape = _shape(self._stores.copy())
        return self._stores.empty()

    def do(self, tell: Tell) -> None:
        tell("begun")
        upgrade(store().engine)
        tell("done")

    def wrong(self, told: Sequence[str]) -> Iterator[str]:
        del told  # whether it came to its end or not, the next start finds the same store
        upgrade(store().engine)  # as the next start does
        found = _shape(settings().store_url)
        yield from (
            f"table {name} is not as it must be" for name in {*found, *self._shape} if self._differs(name, found)
        )

    def _differs(self, name: str, found: Mapping[str, Sequence[str]]) -> bool:
        return found.get(name) != self._shape.get(name)


def _shape(url: str) -> Mapping[str, Sequence[str]]:
    """Give each table's columns and constraints, and the migration that the store is at."""
    engine = open_engine(url)
    looked = sa.inspect(engine)
    shape = {
        table: (
            *(str(column["name"]) for column in looked.get_columns(table)),
            *sorted(str(check["name"]) for check in looked.get_check_constraints(table)),
            *sorted(str(index["name"]) for index in looked.get_indexes(table)),
        )
        for table in looked.get_table_names()
    }
    with engine.connect() as connection:
        at = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
    engine.dispose()
    return {**shape, "alembic_version": (str(at), newest_revision())}


class Backups(OneStore):
    """Backups that replace one another, while somebody sends answers."""

    name = "backups"
    longest = 0.3

    def fill(self, opened: Store) -> None:
        with opened.writing() as session:
            for _ in range(200):
                factories.organisation(session)

    def do(self, tell: Tell) -> None:
        tell("begun")
        while True:
            back_up(_backup(), viewer=OPERATOR, force=True)
            tell("made")

    def wrong(self, told: Sequence[str]) -> Iterator[str]:
        if "made" in told and not _backup().is_file():
            yield "the backup was told to be made and is not there"
        if _backup().is_file():
            # It is opened as restoring does, which compares every checksum in it.
            with opened_backup(_backup(), viewer=OPERATOR) as archive:
                held = archive.manifest.rows
            if held < 200:
                yield f"the backup holds {held} rows only"
        with reading() as session:
            yield from (f"the log: {finding}" for finding in verify_chain(session, viewer=OPERATOR)[1])


def _backup() -> Path:
    return settings().data_dir / "kept.backup"
