"""A backup that is not as it was made is refused, in one line and before anything is changed; and so is a newer one."""

import hashlib
import io
import json
import math
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from charter.backup.archive import Archive
from charter.rules.refusals import DamagedError, RefusedError
from db.engine import Store
from tests import factories
from tests.store.backing_up import file, made, restored
from tests.store.contents import contents
from tests.store.databases import one_database

__all__ = ["file"]  # a fixture

pytestmark = one_database
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "short": lambda _: b"PK\x03\x04",
    "another file": lambda _: b"A letter to the council.\n" * 40,
    "cut off": lambda whole: whole[:-1],
    "half": lambda whole: whole[: len(whole) // 2],
    "longer": lambda whole: whole + b"\n",
    "without its beginning": lambda whole: whole[1:],
    "another ZIP": lambda _: sealed({"letter.txt": b"Dear council"}),
    "without a table": lambda whole: sealed(without(members(whole), "tables/organisation.jsonl")),
    "without a row": lambda whole: sealed(members(whole) | {"tables/organisation.jsonl": b""}),
    "another manifest": lambda whole: sealed(members(whole) | {"manifest.json": b'{"format": "photographs"}'}),
    "a broken manifest": lambda whole: sealed(members(whole) | {"manifest.json": b"{"}),
    "no tables": lambda whole: told(whole, tables=[]),
    "a moment that is none": lambda whole: told(whole, made_at="yesterday"),
    "a moment without a zone": lambda whole: told(whole, made_at="2026-01-01T00:00:00"),
    "a moment that no clock has": lambda whole: told(whole, made_at="0001-01-01T00:00:00+00:00"),
    "a migration that never was": lambda whole: told(whole, revision="0000"),
    "a migration before the first": lambda whole: told(whole, revision="-1"),
    "an endless migration": lambda whole: told(whole, revision=math.inf),
}
NEWER = {
    "of a later migration": lambda whole: told(whole, revision="9999"),
    "of a later form": lambda whole: told(whole, version=2),
}


def members(whole: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def without(found: dict[str, bytes], name: str) -> dict[str, bytes]:
    return {other: content for other, content in found.items() if other != name}


def sealed(found: dict[str, bytes]) -> bytes:
    """Make a backup by hand, with a digest that fits."""
    made_by_hand = io.BytesIO()
    with zipfile.ZipFile(made_by_hand, "w") as archive:
        for name, content in found.items():
            archive.writestr(name, content)
        archive.comment = b"0" * 64
    body = made_by_hand.getvalue()[:-64]
    return body + hashlib.sha256(body).hexdigest().encode()


def told(whole: bytes, **otherwise: Any) -> bytes:  # noqa: ANN401 - whatever JSON takes
    found = members(whole)
    manifest = json.loads(found["manifest.json"]) | otherwise
    return sealed(found | {"manifest.json": json.dumps(manifest).encode()})


@pytest.fixture
def backup(site_store: Store, file: Path) -> bytes:
    """Give a backup of a store that holds something."""
    with site_store.writing() as session:
        factories.organisation(session)
    made(file)
    return file.read_bytes()


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_refused_and_nothing_is_changed(
    site_store: Store, file: Path, backup: bytes, damage: str
) -> None:
    before = contents(site_store)
    file.write_bytes(DAMAGES[damage](backup))
    with pytest.raises(RefusedError, match=r"Nothing was changed\.$"):
        restored(file)
    assert contents(site_store) == before


# A value of another kind, or one that no database keeps, by its column. SQLite would take some of them.
STRANGE: dict[str, tuple[object, ...]] = {
    "id": ("one", 1.5, True, 2**70, []),
    "name": (5, "\ud800", {}),
    "made_up": (2**70, "true", 0),
    "starts_on": ("yesterday", 5),
}


@pytest.mark.parametrize(("column", "value"), [(column, value) for column, all_ in STRANGE.items() for value in all_])
def test_a_value_of_another_kind_is_refused_and_nothing_is_changed(
    site_store: Store, file: Path, backup: bytes, column: str, value: object
) -> None:
    before = contents(site_store)
    file.write_bytes(with_value(backup, column, value))
    with pytest.raises(DamagedError):
        restored(file)
    assert contents(site_store) == before


def with_value(whole: bytes, column: str, value: object) -> bytes:
    """Put a value into the one organisation, and make every digest anew."""
    found = members(whole)
    manifest = json.loads(found["manifest.json"])
    (table,) = (table for table in manifest["tables"] if table["shape"]["name"] == "organisation")
    row = json.loads(found["tables/organisation.jsonl"])
    row[[each["name"] for each in table["shape"]["columns"]].index(column)] = value
    line = json.dumps(row).encode() + b"\n"
    table["sha256"] = hashlib.sha256(line).hexdigest()
    return sealed(found | {"tables/organisation.jsonl": line, "manifest.json": json.dumps(manifest).encode()})


@pytest.mark.parametrize("newer", NEWER)
def test_a_newer_backup_is_refused_and_nothing_is_changed(
    site_store: Store, file: Path, backup: bytes, newer: str
) -> None:
    before = contents(site_store)
    file.write_bytes(NEWER[newer](backup))
    with pytest.raises(RefusedError, match="newer version of this program"):
        restored(file)
    assert contents(site_store) == before


def test_a_backup_made_by_hand_with_all_that_belongs_in_it_is_taken(
    site_store: Store, file: Path, backup: bytes
) -> None:
    """Else the refusals above would prove nothing."""
    file.write_bytes(sealed(members(backup)))
    before = contents(site_store, without={"audit_entry", "audit_detail", "store_fact"})
    restored(file)
    assert contents(site_store, without={"audit_entry", "audit_detail", "store_fact"}) == before


def test_any_byte_that_was_changed_is_found(backup: bytes) -> None:
    assert Archive(io.BytesIO(backup)).manifest.rows == 1
    for place in range(0, len(backup), max(1, len(backup) // 300)):
        changed = backup[:place] + bytes([backup[place] ^ 1]) + backup[place + 1 :]
        with pytest.raises(DamagedError):
            Archive(io.BytesIO(changed))
