"""`python -m charter import …`: what it prints, and what it refuses in one line."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from charter.rules.refusals import FieldError
from charter.sources.measurement_rows import MOST_ROWS, read_measurements
from charter.sources.tables import SIZE_LIMIT
from charter.store import store
from db.models import AwardedGrant, FileImport, Measurement, Organisation, RegisterEntry
from tests import factories
from tests.grant_files import as_json, grant
from tests.measurement_files import as_csv, cells
from tests.register_files import area, charity, table
from tests.store.outcome_people import define, owners
from tests.store.test_commands import Run, run

__all__ = ["run"]  # the fixture, which pytest finds by its name


@pytest.fixture
def files(tmp_path: Path, run: Run) -> Path:
    """Give a folder with files of each kind, and groups in the store that they speak of."""
    del run
    (tmp_path / "grants.json").write_bytes(
        as_json(grant(1, amountAwarded=-5), grant(2), grant(3, recipient={"id": "x", "name": "The Elmford Carers"}))
    )
    (tmp_path / "charity.zip").write_bytes(table(charity(), charity("1000004", "Elmford Swimmers")))
    (tmp_path / "area.zip").write_bytes(table(area("1000004")))
    (tmp_path / "figures.csv").write_bytes(as_csv(cells(), cells(value="x", first_day="2022-04-01")))
    (tmp_path / "right.csv").write_bytes(as_csv(cells()))
    with store().writing() as session:
        factories.organisation(session, ref="GB-CHC-1000001", name="Elmford Gardeners")
        factories.organisation(session, ref="OWN-CARERS", name="Elmford Carers")
        define(session, owners(session))
    return tmp_path


def counts() -> list[int]:
    with store().reading() as session:
        tables = (AwardedGrant, RegisterEntry, Measurement, FileImport)
        return [session.exec(select(func.count()).select_from(each)).one() for each in tables]


def test_grants_are_told_of_first_and_taken_in_with_a_persons_word(run: Run, files: Path) -> None:
    path = str(files / "grants.json")
    done = run("import", "grants", path, "--dry-run")
    assert done.out.splitlines() == [
        "Grant 1: Its amount is below zero: “-5”. Money that went back is not added up here. Left out.",
        "Grant 3: “The Elmford Carers” may be Elmford Carers on the list. Nobody has said yet that it is. Left out.",
        "“The Elmford Carers” (1 grant) may be Elmford Carers: say yes with --confirm OWN-CARERS.",
        "Of 3 rows: 1 grant of £1,000 in all is new and 2 rows are left out.",
        "Nothing was changed: this was a dry run.",
    ]
    assert counts() == [0, 0, 0, 0]
    assert "waits to be confirmed as OWN-X" in run("import", "grants", path, "--confirm", "OWN-X").one_line
    done = run("import", "grants", path, "--confirm", "OWN-CARERS")
    assert done.out.splitlines()[-1].startswith("Taken in as IM-")
    assert counts()[0] == 2
    assert "brings nothing" in run("import", "grants", path).one_line
    listed = run("import", "list").out
    assert "Grants  grants.json" in listed
    ref = listed.split()[0]
    assert run("import", "take-back", ref, "--reason", "The wrong file").out == "grants.json was taken back.\n"
    assert counts() == [0, 0, 0, 1]
    assert "taken back" in run("import", "list").out


def test_the_register_is_taken_in_with_charities_of_an_area(run: Run, files: Path) -> None:
    # Two folders may hold files of one name.
    (files / "areas").mkdir()
    area_file = (files / "area.zip").rename(files / "areas" / "charity.zip")
    paths = [str(files / "charity.zip"), str(area_file)]
    done = run("import", "register", *paths, "--area", "Elmford", "--dry-run")
    assert "GB-CHC-1000004 Elmford Swimmers is not on the list: --add adds it." in done.out
    assert counts() == [0, 0, 0, 0]
    assert run("import", "register", *paths, "--area", "Elmford", "--add").code == 0
    with store().reading() as session:
        names = session.exec(select(Organisation.name).where(col(Organisation.ref).startswith("GB-CHC")))
        assert sorted(names) == ["Elmford Gardeners", "Elmford Swimmers"]
    assert counts()[1] == 2
    assert "no file of the charity register" in run("import", "register", str(files / "grants.json")).one_line


def test_measurements_come_in_whole_or_not_at_all(run: Run, files: Path) -> None:
    done = run("import", "measurements", str(files / "figures.csv"))
    assert "Row 3, column value: “x” is no number." in done.out
    assert done.one_line == "1 thing to put right. Nothing was taken in."
    assert counts() == [0, 0, 0, 0]
    assert run("import", "measurements", str(files / "right.csv"), "--dry-run").out.startswith("1 value is new.")
    assert run("import", "measurements", str(files / "right.csv")).code == 0
    assert counts() == [0, 0, 1, 1]
    assert run("import", "list").out.count("\n") == 1
    assert "cannot be used" in run("import", "measurements", str(files / "nowhere.csv")).one_line


def test_measurements_of_more_than_five_megabytes_come_by_command_and_can_be_taken_back(run: Run, files: Path) -> None:
    days = [(date(1990, 1, 1) + timedelta(days=number)).isoformat() for number in range(MOST_ROWS + 100)]
    heading, *lines = as_csv(*(cells(first_day=day, last_day=day) for day in days)).splitlines()
    content = b"\n".join([heading + b",notes", *(line + b"," + b"x" * 5000 for line in lines)])
    assert len(content) > SIZE_LIMIT
    with pytest.raises(FieldError, match="5 MB"):
        read_measurements(content)
    (files / "large.csv").write_bytes(content)
    assert run("import", "measurements", str(files / "large.csv")).out.startswith("1,100 values are new.")
    assert counts() == [0, 0, 1100, 1]
    ref = run("import", "list").out.split()[0]
    assert run("import", "take-back", ref, "--reason", "The wrong file").code == 0
    assert counts() == [0, 0, 0, 1]


def test_without_imports_the_list_says_so(run: Run) -> None:
    assert run("import", "list").out == "No file has been taken in yet.\n"
