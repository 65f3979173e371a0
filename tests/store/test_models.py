"""What goes into a table comes back out of it, on both databases; and a closed list of words is closed."""

from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, get_args

import pytest
from sqlalchemy import Column, Enum, func, literal, select
from sqlalchemy.exc import StatementError
from sqlmodel import Session, SQLModel

import db.types
from db import models
from db.engine import Store
from db.models import Answer, StoreFact
from db.types import IndicatorKind
from tests import factories
from tests.factories import MOMENT, ordinary
from tests.store.refusals import TABLES, FilledStore, only_key, rules_broken, taken_back

CLASSES: dict[str, type[SQLModel]] = {
    str(getattr(models, name).__tablename__): getattr(models, name) for name in models.__all__
}


def words_of(column: Column[Any]) -> type[StrEnum]:
    """Give the closed list of words that a column holds."""
    kind = column.type
    assert isinstance(kind, Enum)
    assert kind.enum_class is not None
    assert issubclass(kind.enum_class, StrEnum)
    return kind.enum_class


WORD_COLUMNS = [
    (table.name, column.name) for table in TABLES.values() for column in table.columns if isinstance(column.type, Enum)
]


def also(table: str, column: str, word: str) -> dict[str, object]:
    """Give what must change with a word, where another rule of the table speaks of both."""
    match table, column:
        case "account_grant", "role" if word != "partner":
            more: dict[str, object] = {"organisation_id": None}
        case "commitment_version", "meaning":
            more = {"number": 1 if word == "first" else 2}
        case "evidence_tag", "characteristic":
            more = {"commitment_id": None, "named_group": "Carers" if word == "named_group" else ""}
        case "indicator", "kind" if word == "performance":
            more = {"performance_kind": "how_well"}
        case "indicator", "performance_kind":
            more = {"kind": "performance"}
        case "period_text", "kind" if word == "right_of_reply":
            more = {"organisation_id": select(func.min(TABLES["organisation"].c.id)).scalar_subquery()}
        case "release_answer", "no_level":
            more = {"level": None}
        case _:
            more = {}
    return more


def filled(row: SQLModel) -> None:
    """Give a value to every column that has none, but for references, and for words that shut another value out."""
    table = TABLES[str(row.__tablename__)]
    for name, field in type(row).model_fields.items():
        kinds = [kind for kind in get_args(field.annotation) if kind is not type(None)]
        free = not table.c[name].foreign_keys and name not in {"no_level", "characteristic"}
        if getattr(row, name) is None and kinds and free:
            setattr(row, name, ordinary(kinds[0]))
    if isinstance(row, models.Indicator):
        row.kind = IndicatorKind.PERFORMANCE
    if isinstance(row, models.Invitation):
        row.removed_reason = "It has closed."
    if isinstance(row, models.ReturnedAnswer):
        row.reply = "Here is the report."


def test_every_table_has_its_class() -> None:
    assert set(CLASSES) == set(TABLES)


def test_each_row_comes_back_as_it_was(filled_store: FilledStore) -> None:
    with taken_back(filled_store) as session:
        pairs = {table: written_and_read(session, table, key) for table, key in filled_store.keys.items()}
    assert {table: read for table, (_, read) in pairs.items()} == {table: row for table, (row, _) in pairs.items()}
    for written, read in pairs.values():
        assert {name: type(value) for name, value in read.items()} == {n: type(value) for n, value in written.items()}


def written_and_read(session: Session, table: str, key: int | str) -> tuple[dict[str, object], dict[str, object]]:
    """Give a row a value in every column, write it, and read it again."""
    with session.begin_nested() as savepoint:
        row = session.get_one(CLASSES[table], key)
        if not table.startswith("audit_"):  # its rows cannot change once they are there
            filled(row)
        session.flush()
        written = row.model_dump()
        session.expunge_all()
        read = session.get_one(CLASSES[table], key).model_dump()
        savepoint.rollback()
    return written, read


def test_a_moment_comes_back_in_utc(store: Store) -> None:
    summer = timezone(timedelta(hours=1))
    with store.writing() as session:
        session.add(StoreFact(name="fact", value="yes", set_at=MOMENT.astimezone(summer)))
    with store.reading() as session:
        read = session.get_one(StoreFact, "fact").set_at
    assert read == MOMENT
    assert read.tzinfo is UTC
    assert read.microsecond == MOMENT.microsecond


def test_a_moment_without_a_time_zone_is_refused(store: Store) -> None:
    def write() -> None:
        with store.writing() as session:
            session.add(StoreFact(name="fact", value="yes", set_at=datetime(2026, 4, 1, 9, 30)))  # noqa: DTZ001

    with pytest.raises(StatementError, match=r"(?i)naive|timezone"):
        write()


def test_words_come_back_as_they_were_typed(store: Store) -> None:
    typed = 'Dydd da 👋🏽\n\tO\'Brien said "50%"; DROP TABLE answer;-- \\ {curly} :name %s \u202e'
    with store.writing() as session:
        key = factories.answer(session, comment=typed)
    with store.reading() as session:
        assert session.get_one(Answer, key).comment == typed


def test_every_closed_list_of_words_has_a_column() -> None:
    lists = {kind for kind in vars(db.types).values() if isinstance(kind, type) and issubclass(kind, StrEnum)}
    assert {words_of(TABLES[table].c[column]) for table, column in WORD_COLUMNS} == lists - {StrEnum}


def test_every_word_of_each_list_is_taken(filled_store: FilledStore) -> None:
    lists = {(table, column): list(words_of(TABLES[table].c[column])) for table, column in WORD_COLUMNS}
    taken: dict[tuple[str, str], list[object]] = {}
    with taken_back(filled_store) as session:
        for (table, column), words in lists.items():
            with session.begin_nested() as savepoint:
                key = filled_store.keys[table]
                taken[table, column] = [take(session, table, column, key=key, word=word.value) for word in words]
                savepoint.rollback()
    assert taken == lists


def take(session: Session, table: str, column: str, *, key: int | str, word: str) -> object:
    """Store a word as plain text, and give what the model reads from it."""
    change = TABLES[table].update().where(only_key(TABLES[table]) == key)
    session.execute(change.values({column: literal(word), **also(table, column, word)}))
    session.expire_all()
    return getattr(session.get_one(CLASSES[table], key), column)


def test_any_other_word_is_refused(filled_store: FilledStore) -> None:
    changes: dict[str, dict[str, dict[str, object]]] = {}
    rules: dict[str, str] = {}
    for table, column in WORD_COLUMNS:
        for wrong in ("nonsense", next(iter(words_of(TABLES[table].c[column]))).name, ""):
            what = f"{table}.{column}: {wrong!r}"
            # A grant that is not a partner's needs no organisation, so there only the list of words is broken.
            changes.setdefault(table, {})[what] = {column: literal(wrong), **also(table, column, wrong)}
            rules[what] = f"ck_{table}_{column}"
    assert rules_broken(filled_store, changes) == rules
