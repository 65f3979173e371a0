"""Violated constraints by name, without a word of the data that violated them."""

import re

from sqlalchemy import UniqueConstraint
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel


class ConstraintViolatedError(Exception):
    """A write broke a rule of the store.

    Attributes:
        constraint: the rule's name, such as `uq_organisation_ref`, or `foreign_key` where the database gives none.
    """

    def __init__(self, constraint: str) -> None:
        super().__init__(f"the store's rule {constraint} was broken")
        self.constraint = constraint


def named(error: IntegrityError) -> ConstraintViolatedError:
    """Tell which constraint an error of either database speaks of.

    PostgreSQL gives the name itself. SQLite gives a check's name, or a unique constraint's table and columns.
    """
    diagnostic = getattr(error.orig, "diag", None)
    if diagnostic is not None:
        return ConstraintViolatedError(str(diagnostic.constraint_name or diagnostic.column_name))
    message = str(error.orig)
    if check := re.search(r"CHECK constraint failed: (\w+)", message):
        return ConstraintViolatedError(check[1])
    if unique := re.search(r"UNIQUE constraint failed: (.+)", message):
        return ConstraintViolatedError(_unique_name(unique[1]))
    if missing := re.search(r"NOT NULL constraint failed: \w+\.(\w+)", message):
        return ConstraintViolatedError(missing[1])
    return ConstraintViolatedError("foreign_key")


def _unique_name(listed: str) -> str:
    """Find the unique constraint or index over columns that SQLite lists as `table.column, table.column`."""
    if index := re.fullmatch(r"index '(\w+)'", listed):
        return index[1]
    columns = [part.strip().rpartition(".") for part in listed.split(",")]
    table = SQLModel.metadata.tables[columns[0][0]]
    wanted = {column for _, _, column in columns}
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and {c.name for c in constraint.columns} == wanted:
            return str(constraint.name)
    for found in table.indexes:
        if found.unique and {c.name for c in found.columns} == wanted:
            return str(found.name)
    return f"pk_{table.name}"
