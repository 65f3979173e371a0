"""The database that a store is moved to: nothing may be in it, and nothing is left in it if the move fails."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from charter.backup.tables import count, revision, shapes
from charter.rules.refusals import RefusedError
from charter.settings import usable_database
from db.engine import Store, open_engine
from db.migrations.running import downgrade, newest_revision, upgrade

_NOTHING_CHANGED = "Nothing was changed."
_BESIDE = ("", "-wal", "-shm", ".migrating")  # what SQLite and the migrations lay beside a database


def usable_target(url: str, *, source: str) -> str:
    """Check the address of the database to move to.

    Raises:
        RefusedError: it is no address of a database on a disk or a server, or the one that the store is in already.
    """
    try:
        address = sa.make_url(usable_database(url))
    except ValueError as error:
        raise RefusedError(f"--to: {error}. {_NOTHING_CHANGED}") from None
    if address.get_backend_name() == "sqlite" and address.database in {None, "", ":memory:"}:
        raise RefusedError(f"--to: name a file, as in sqlite:///charter.db. {_NOTHING_CHANGED}")
    if _place(address) == _place(sa.make_url(source)):
        raise RefusedError(f"--to names the database that the store is in already. {_NOTHING_CHANGED}")
    return address.render_as_string(hide_password=False)


@contextmanager
def receiving(url: str) -> Iterator[Store]:
    """Give an empty, migrated store at an address. Unless the scope ends well, what it made is taken away again.

    Raises:
        RefusedError: something is in the database, or it cannot be reached.
    """
    file = _file(url)
    was_there = file is not None and file.exists()
    engine = open_engine(url)
    bare, done = False, False
    try:
        bare = _reached(engine)
        if bare:
            upgrade(engine)
        yield Store(engine)
        done = True
    finally:
        if bare and not done:
            with suppress(DBAPIError):  # the database went away: it holds no row, and can be moved to again
                _make_bare(engine)
        engine.dispose()
        if file is not None and not done and not was_there:
            _remove(file)


def require_no_rows(session: Session) -> None:
    """Require that a migrated store is empty.

    Raises:
        RefusedError: a row is in it.
    """
    for shape in shapes(session):
        if count(session, shape):
            raise _in_use(f"{shape.name} has rows")


def _reached(engine: sa.Engine) -> bool:
    """Tell whether nothing at all is in a database, and not a migrated store without rows."""
    try:
        with Store(engine).reading() as session:
            return _is_bare(session)
    except DBAPIError:
        raise RefusedError(f"The database that --to names cannot be reached, or is none. {_NOTHING_CHANGED}") from None


def _is_bare(session: Session) -> bool:
    seen = sa.inspect(session.connection())
    if session.get_bind().dialect.name == "postgresql":
        coded = session.execute(sa.text("SHOW server_encoding")).scalar_one()
        if coded != "UTF8":
            raise RefusedError(f"The database that --to names keeps words as {coded}: make one with UTF8.")
    if not (seen.get_table_names() or seen.get_view_names()):
        return True
    found = revision(session)
    if found is None:
        raise _in_use("it is no store of this program")
    if found != newest_revision():
        raise _in_use(f"it is a store at migration {found}, and this program makes them at {newest_revision()}")
    require_no_rows(session)
    return False


def _in_use(what: str) -> RefusedError:
    return RefusedError(f"Something is in the database that --to names already: {what}. {_NOTHING_CHANGED}")


def _make_bare(engine: sa.Engine) -> None:
    downgrade(engine, "base")
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS alembic_version"))


def _place(address: sa.URL) -> tuple[str | int | None, ...]:
    if address.get_backend_name() == "sqlite":
        return ("sqlite", str(Path(address.database or "").resolve()))
    return ("postgresql", address.host, address.port or 5432, address.database, str(address.query))


def _file(url: str) -> Path | None:
    address = sa.make_url(url)
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def _remove(file: Path) -> None:
    for ending in _BESIDE:
        file.with_name(f"{file.name}{ending}").unlink(missing_ok=True)
