"""PostgreSQL stores that are emptied after a test and handed on, as that takes a tenth of what a new database takes.

Their connections are handed on too: to open one, and to let the server learn the tables anew in it, took longer than
most tests do.
"""

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Dialect, Engine, create_engine, event, inspect

from tests.postgresql import PostgresqlServer

_USES = 50  # then a new one is made, so that what the server keeps of removed rows stays little
_WAIT_SECONDS = 0.1

# Whoever changes a schema is noted, so that the store is given to nobody else. The note stands in a sequence, which
# keeps it also where the change was taken back.
_BESIDE = """
CREATE SCHEMA beside;
CREATE TABLE beside.alembic_version AS TABLE alembic_version;
CREATE SEQUENCE beside.changes;
CREATE FUNCTION beside.note() RETURNS event_trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM nextval('beside.changes'); END $$;
CREATE FUNCTION beside.empty() RETURNS void LANGUAGE plpgsql
    SET session_replication_role = replica SET lock_timeout = '5s' AS
    $$ BEGIN {steps} END $$;
CREATE EVENT TRIGGER beside ON ddl_command_end EXECUTE FUNCTION beside.note();
"""
_EMPTY = 'DELETE FROM public."{table}";'
_AS_MIGRATED = """
INSERT INTO alembic_version TABLE beside.alembic_version;
PERFORM setval(seqrelid::regclass, 1, false) FROM pg_sequence WHERE pg_sequence_last_value(seqrelid) IS NOT NULL;
"""
_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid <> ALL (%s)
"""


class EmptiedStores:
    """The stores that one process of tests hands on from test to test."""

    def __init__(self, server: PostgresqlServer, template: str) -> None:
        """Make stores on a server, as copies of a migrated database without rows."""
        self._server = server
        self._template = template
        self._stores: dict[str, _EmptiedStore] = {}
        self._free: list[_EmptiedStore] = []
        event.listen(Engine, "do_connect", self._connect)

    @contextmanager
    def store(self) -> Iterator[str]:
        """Give the address of a store without rows, for as long as the scope lasts."""
        given = self._free.pop() if self._free else self._made()
        yield self._server.address(given.name)
        if given.emptied():
            self._free.append(given)
        else:
            self._stores.pop(given.name).leave()
            self._server.drop(given.name)

    def close(self) -> None:
        """Leave the server, which then may stop."""
        event.remove(Engine, "do_connect", self._connect)
        while self._stores:
            self._stores.popitem()[1].leave()

    def _made(self) -> "_EmptiedStore":
        name = self._server.create(template=self._template)
        made = self._stores[name] = _EmptiedStore(name, self._server.address(name))
        return made

    def _connect(
        self, _dialect: Dialect, _record: object, _unnamed: object, parameters: dict[str, Any]
    ) -> "_HandedOn | None":
        """Give an engine that opens one of the stores a connection to it; others connect by themselves."""
        store = self._stores.get(parameters.get("dbname", ""))
        return store.connection(parameters) if store else None


class _EmptiedStore:
    """One store, with a connection of its own by which it is emptied."""

    def __init__(self, name: str, address: str) -> None:
        self.name = name
        self._uses = 0
        self._left = False
        self._idle: list[_HandedOn] = []
        engine = create_engine(address, isolation_level="AUTOCOMMIT")
        self._connection = engine.connect()
        steps = [_EMPTY.format(table=table) for table in inspect(self._connection).get_table_names()]
        self._connection.exec_driver_sql(_BESIDE.format(steps="\n".join([*steps, _AS_MIGRATED])))

    def connection(self, parameters: dict[str, Any]) -> "_HandedOn":
        """Give a connection that an earlier test has left, or a new one."""
        while self._idle:
            found = self._idle.pop()
            if found.lives():
                return found
            found.end()
        made = _HandedOn.connect(**parameters)
        made.store = self
        return made

    def take_back(self, connection: "_HandedOn") -> bool:
        """Keep a connection that is closed, unless the store is of no more use."""
        if not self._left:
            self._idle.append(connection)
        return not self._left

    def emptied(self) -> bool:
        """Empty the store, and tell whether it is as it was: nobody is still in it, and its schema was left alone."""
        self._uses += 1
        if self._uses == _USES or self._changed() or not self._alone():
            return False
        self._connection.exec_driver_sql("SELECT beside.empty()")
        return True

    def leave(self) -> None:
        """End every connection to the store."""
        self._left = True
        for each in self._idle:
            each.end()
        self._connection.close()
        self._connection.engine.dispose()

    def _changed(self) -> bool:
        return bool(self._connection.exec_driver_sql("SELECT is_called FROM beside.changes").scalar_one())

    def _alone(self) -> bool:
        # Who has just left is still there for a moment.
        until = time.monotonic() + _WAIT_SECONDS
        known = ([each.info.backend_pid for each in self._idle],)
        while self._connection.exec_driver_sql(_OTHERS, known).scalar_one():
            if time.monotonic() > until:
                return False
            time.sleep(0.002)
        return True


class _HandedOn(psycopg.Connection[Any]):
    """A connection that is kept for the next test when it is closed."""

    store: _EmptiedStore | None = None

    def close(self) -> None:
        """Become as a new connection is; one that is in the middle of something ends."""
        if self.store is None or self.closed or not self._as_new() or not self.store.take_back(self):
            super().close()

    def end(self) -> None:
        """Close it in truth."""
        super().close()

    def lives(self) -> bool:
        """Tell whether the server still holds it: else there would be something to read."""
        return not select.select([self.fileno()], [], [], 0)[0]

    def _as_new(self) -> bool:
        status = self.info.transaction_status
        if status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
            self.rollback()
        elif status != TransactionStatus.IDLE:
            return False
        self.isolation_level = self.read_only = self.deferrable = None
        self.autocommit = False
        self.pgconn.exec_(b"RESET ALL; SELECT pg_advisory_unlock_all()")
        return self.info.transaction_status == TransactionStatus.IDLE
