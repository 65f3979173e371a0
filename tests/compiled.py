"""Statements that are turned into SQL once in a process of tests, and not once for each test's own store."""

import functools

from sqlalchemy import Dialect, create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from db import engine

_KEPT = 20_000


def keep_compiled_statements() -> None:
    """Let all stores of this process share what statements became, as to make that anew took a fifth of their time.

    What is kept goes by the dialect too, of which each engine has one of its own. All are set up alike here, so one
    stands for its whole class.
    """
    for dialect in (PGDialect_psycopg, SQLiteDialect_pysqlite):
        dialect.__eq__ = _of_one_class  # type: ignore[assignment, method-assign]
        dialect.__hash__ = _by_class  # type: ignore[assignment, method-assign]
    kept: LRUCache[object, object] = LRUCache(_KEPT)
    engine.create_engine = functools.partial(create_engine, execution_options={"compiled_cache": kept})  # type: ignore[attr-defined]


def _of_one_class(self: Dialect, other: object) -> bool:
    return type(self) is type(other)


def _by_class(self: Dialect) -> int:
    return hash(type(self))
