"""`backup` and `restore` as an operator meets them: what they print, what they ask, and their errors in one line."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from charter.backup.kinds import Kind, kind_of, read, written
from charter.backup.locking import AGE
from charter.backup.tables import shapes
from db.engine import Store
from tests import factories
from tests.store.backing_up import file, log_findings
from tests.store.contents import counts
from tests.store.databases import one_database
from tests.store.test_backup_damage import told
from tests.store.test_commands import Run, run

__all__ = ["file", "run"]  # fixtures

PASSWORD = "correct horse battery"


@pytest.fixture
def here(site_store: Store) -> Store:
    """Give a store with two organisations."""
    with site_store.writing() as session:
        factories.organisation(session, name="The first of two")
        factories.organisation(session)
    return site_store


def test_a_backup_and_its_restore_say_what_they_did(run: Run, here: Store, file: Path) -> None:
    done = run("backup", str(file))
    assert (done.code, done.error) == (0, "")
    assert done.out.startswith(f"{file} holds 2 rows of ")
    with here.writing() as session:
        factories.organisation(session)
    done = run("restore", str(file), "--yes")
    assert (done.code, done.error) == (0, "")
    assert "  organisation: 3 now, 2 in the backup\n" in done.out
    assert "  audit_entry: 1 now, 0 in the backup\n" in done.out
    assert "2 rows were restored." in done.out
    assert counts(here)["organisation"] == 2
    assert log_findings(here) == []
    assert run("verify").code == run("audit", "verify").code == 0


@one_database
@pytest.mark.parametrize(("said", "code", "left"), [("n\n", 1, 3), ("\n", 1, 3), ("", 1, 3), ("y\n", 0, 2)])
def test_a_restore_asks_first(  # noqa: PLR0917 - what is said, and what comes of it
    run: Run, here: Store, file: Path, monkeypatch: pytest.MonkeyPatch, said: str, code: int, left: int
) -> None:
    run("backup", str(file))
    with here.writing() as session:
        factories.organisation(session)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(said.encode())))
    done = run("restore", str(file))
    assert done.code == code
    assert "Replace all that the store holds now?" in done.out
    assert counts(here)["organisation"] == left


@one_database
def test_a_locked_backup_opens_with_its_password_alone(run: Run, here: Store, file: Path, tmp_path: Path) -> None:
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.write_text(f"{PASSWORD}\n", encoding="utf-8")
    wrong.write_text("incorrect horse battery\n", encoding="utf-8")
    assert run("backup", str(file), "--password-file", str(right)).code == 0
    content = file.read_bytes()
    assert content.startswith(AGE)
    assert b"organisation" not in content
    with here.writing() as session:
        factories.organisation(session)

    assert "give its password with --password-file" in run("restore", str(file), "--yes").one_line
    words = run("restore", str(file), "--yes", "--password-file", str(wrong)).one_line
    assert words == "The password does not open this backup. Nothing was changed."
    file.write_bytes(content[:-20])
    assert "is damaged" in run("restore", str(file), "--yes", "--password-file", str(right)).one_line
    assert counts(here)["organisation"] == 3
    file.write_bytes(content)
    assert run("restore", str(file), "--yes", "--password-file", str(right)).code == 0
    assert counts(here)["organisation"] == 2


@one_database
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\ncorrect horse battery", "is empty"),
        (b"eleven-char", "shorter than 12"),
        (b"\xff\xfe", "not a file of text"),
    ],
)
def test_a_password_that_cannot_be_used_is_told_in_one_line(
    run: Run, file: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "password").write_bytes(content)
    assert words in run("backup", str(file), "--password-file", str(tmp_path / "password")).one_line
    assert not file.exists()


@one_database
@pytest.mark.usefixtures("here")
def test_what_cannot_be_restored_or_written_is_told_in_one_line(run: Run, file: Path) -> None:
    assert "No such file" in run("restore", str(file), "--yes").one_line
    run("backup", str(file))
    whole = file.read_bytes()
    assert "is there already" in run("backup", str(file)).one_line
    assert "There is no folder" in run("backup", str(file.parent / "none" / "a")).one_line
    file.write_bytes(whole[:-9])
    assert "The backup is damaged" in run("restore", str(file), "--yes").one_line
    file.write_bytes(told(whole, revision="9999"))
    assert "newer version of this program: of migration 9999" in run("restore", str(file), "--yes").one_line


@one_database
@pytest.mark.usefixtures("here")
def test_any_program_can_read_a_backup(run: Run, file: Path) -> None:
    run("backup", str(file))
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        lines = archive.read("tables/organisation.jsonl").decode().splitlines()
    (table,) = [one for one in manifest["tables"] if one["shape"]["name"] == "organisation"]
    names = [column["name"] for column in table["shape"]["columns"]]
    assert table["rows"] == 2
    first, _ = [dict(zip(names, json.loads(line), strict=True)) for line in lines]
    assert first["name"] == "The first of two"


@one_database
def test_a_log_that_was_cut_off_is_told_at_a_backup_and_still_backed_up(run: Run, here: Store, file: Path) -> None:
    (file.parents[1] / "var" / "audit-newest").write_text(f"5 {'1' * 64}\n", encoding="utf-8")
    done = run("backup", str(file))
    assert done.code == 0
    assert "`python -m charter audit verify` says where." in done.out
    assert log_findings(here) != []
    assert file.exists()


def test_every_column_of_the_store_has_a_kind_that_both_databases_agree_on(site_store: Store) -> None:
    with site_store.reading() as session:
        seen = {shape.name: {column.name: column.kind for column in shape.columns} for shape in shapes(session)}
    assert seen == {
        table.name: {
            column.name: kind_of(getattr(column.type, "impl_instance", column.type)) for column in table.columns
        }
        for table in SQLModel.metadata.sorted_tables
    }


@pytest.mark.parametrize(
    ("kind", "value", "form"),
    [
        (Kind.BYTES, b"\x00\xff%PDF", "AP8lUERG"),
        (Kind.MOMENT, factories.MOMENT, "2026-04-01T09:30:15.123456+00:00"),
        (Kind.DAY, factories.DAY, "2026-04-01"),
        (Kind.NUMBER, 0.1 + 0.2, 0.30000000000000004),
        (Kind.BOOLEAN, False, False),
        (Kind.TEXT, None, None),
        (Kind.MOMENT, None, None),
    ],
)
def test_each_kind_of_value_has_one_form(kind: Kind, value: bytes | None, form: object) -> None:
    assert written(kind, value) == form
    assert read(kind, json.loads(json.dumps(form))) == value
