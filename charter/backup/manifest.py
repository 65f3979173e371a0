"""What a backup says of itself: when and of what it was made, and each table's rows and digest."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from charter.backup.kinds import Kind
from charter.backup.tables import Column, TableShape
from charter.rules.refusals import DamagedError, RefusedError

FORMAT = "charter-backup"
VERSION = 1
_FIRST_YEAR, _LAST_YEAR = 2000, 9000  # what any zone's clock can say


@dataclass(frozen=True)
class KeptTable:
    """A table in a backup: its shape, how many rows, and the SHA-256 of their lines."""

    shape: TableShape
    rows: int
    sha256: str

    @property
    def member(self) -> str:
        """The name of its file in the archive."""
        return member_of(self.shape.name)


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: when it was made, in UTC.
        revision: the number of the store's last migration then.
        tables: its tables, each after those that it points at.
    """

    made_at: datetime
    revision: str
    tables: tuple[KeptTable, ...]

    @property
    def rows(self) -> int:
        """How many rows it holds in all."""
        return sum(table.rows for table in self.tables)


def member_of(name: str) -> str:
    """Give the name of a table's file in the archive."""
    return f"tables/{name}.jsonl"


def write_manifest(manifest: Manifest) -> str:
    """Give a manifest as JSON."""
    told = {"format": FORMAT, "version": VERSION, **asdict(manifest), "made_at": manifest.made_at.isoformat()}
    return json.dumps(told, indent=1)


def read_manifest(text: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        DamagedError: it is none.
        RefusedError: it is of a version of the format that is not known here.
    """
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise DamagedError("This is not a backup of a charter's store. Nothing was changed.")
        if told["version"] > VERSION:
            raise RefusedError(
                "The backup was made by a newer version of this program, in a form that this one does not know. "
                "Install that version, and try again. Nothing was changed."
            )
        tables = tuple(_table(table) for table in told["tables"])
        return Manifest(_moment(told["made_at"]), str(int(told["revision"])).zfill(4), tables)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise DamagedError("The backup's list of contents cannot be read. Nothing was changed.") from None


def _moment(told: str) -> datetime:
    found = datetime.fromisoformat(told)
    if found.tzinfo is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueError("no moment at which a backup was made")
    return found


def _table(told: Mapping[str, Any]) -> KeptTable:
    shape = told["shape"]
    columns = tuple(Column(str(column["name"]), Kind(column["kind"])) for column in shape["columns"])
    key = tuple(str(name) for name in shape["key"])
    return KeptTable(TableShape(str(shape["name"]), columns, key), int(told["rows"]), str(told["sha256"]))
