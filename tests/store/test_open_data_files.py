"""The files of open data: what describes them, how they are read, and what becomes of odd and missing things."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from charter.published.figures import Promise
from charter.reports.columns import Kind
from charter.reports.contents import Contents
from charter.reports.open_data import columns_of, make_open_data
from charter.reports.reading_code import LATEST, address_of, for_excel, for_pandas
from charter.reports.tables import OUTLINES, PARTS
from charter.words import HIDDEN_MARK
from db.types import Withheld
from tests.store.given_out import ADDRESS, TYPED, contents_of, csv_rows, smaller, without_outcomes
from tests.templates import Templates

FIGURES = ("answered", "score", "low", "high", "lowest", "highest")


@pytest.fixture(scope="module")
def contents(templates: Templates) -> Contents:
    return contents_of(templates)


@pytest.fixture(scope="module")
def files(contents: Contents) -> dict[str, bytes]:
    return make_open_data(contents, address=ADDRESS)


@pytest.fixture(scope="module")
def descriptor(files: dict[str, bytes]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(files["datapackage.json"])
    return told


def test_the_descriptor_names_every_file_and_every_column_in_its_order(
    files: dict[str, bytes], descriptor: dict[str, Any]
) -> None:
    told = {resource["path"]: resource for resource in descriptor["resources"]}
    assert set(told) == set(files) - {"datapackage.json", "README.txt"}
    assert len({resource["name"] for resource in told.values()}) == len(told)
    for outline in OUTLINES:
        for form in ("csv", "json"):
            resource = told[f"{outline.name}.{form}"]
            assert resource["type"] == "table"
            assert [field["name"] for field in resource["schema"]["fields"]] == [
                column.name for column in columns_of(outline)
            ]
            assert set(resource["schema"]["primaryKey"]) <= {column.name for column in outline.columns}
            assert resource["schema"]["missingValues"] == [""]
        assert told[f"{outline.name}.csv"]["bytes"] == len(files[f"{outline.name}.csv"])


def test_the_descriptor_tells_what_each_column_means_its_unit_the_licence_and_the_sources(
    descriptor: dict[str, Any],
) -> None:
    fields = [field for resource in descriptor["resources"] for field in resource["schema"]["fields"]]
    assert all(field["description"].endswith(".") and field["title"] for field in fields)
    assert {field["type"] for field in fields} == {kind.value for kind in Kind}
    scores = next(each for each in descriptor["resources"] if each["name"] == "theme-scores")
    units = {field["name"]: field.get("unit") for field in scores["schema"]["fields"]}
    assert (units["score"], units["invited"], units["title"]) == ("points out of 100", "groups", None)
    assert all(resource["sources"][0]["title"] for resource in descriptor["resources"])
    assert descriptor["licenses"][0]["name"] == "OGL-UK-3.0"
    assert [source["path"] for source in descriptor["sources"]] == [
        f"{ADDRESS}/?release=2025.1",
        f"{ADDRESS}/method?release=2025.1",
    ]
    assert descriptor["id"] == f"{ADDRESS}/open-data/2025.1/datapackage.json"
    assert (descriptor["version"], descriptor["made_up"]) == ("2025.1", True)
    assert descriptor["title"] == "2025 review: Framework 2021 and Pact principles (made up)"


def test_every_table_stands_once_in_the_list_with_a_name_for_addresses() -> None:
    names = [outline.name for _, outlines in PARTS for outline in outlines]
    assert names == [outline.name for outline in OUTLINES]
    assert len(set(names)) == len(names)
    assert all(name == name.lower() and name.replace("-", "").isalpha() for name in names)


def test_the_code_for_pandas_reads_every_table_with_its_figures_as_numbers_and_its_days_as_days(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    for outline in OUTLINES:
        path = tmp_path / f"{outline.name}.csv"
        path.write_bytes(files[path.name])
        url = address_of(outline, address=ADDRESS, ref="2025.1")
        named: dict[str, Any] = {}
        code = for_pandas(outline, url=url)
        assert url in code
        exec(code.replace(url, str(path)), named)  # noqa: S102 - the very lines that a person copies
        table: pd.DataFrame = named["table"]
        assert table.columns[0] == "release"
        assert set(table["release"]) == {"2025.1"}
        for column in columns_of(outline):
            if table[column.name].notna().any():
                assert _is_of_kind(table[column.name], column.kind), (outline.name, column.name)


def _is_of_kind(series: pd.Series, kind: Kind) -> bool:
    of = pd.api.types
    match kind:
        case Kind.WHOLE:
            return bool(of.is_integer_dtype(series))
        case Kind.NUMBER:
            return bool(of.is_numeric_dtype(series))
        case Kind.DAY:
            return bool(of.is_datetime64_any_dtype(series))
        case Kind.YES_NO:
            return bool(of.is_bool_dtype(series))
        case _:
            return True


def test_the_code_for_excel_holds_the_address_of_the_release_or_of_the_latest() -> None:
    url = address_of(OUTLINES[0], address=ADDRESS, ref=LATEST)
    assert url == f"{ADDRESS}/open-data/latest/theme-scores.csv"
    assert f'Web.Contents("{url}")' in for_excel(url=url)


def test_a_theme_that_is_hidden_has_no_figure_in_any_file_and_says_why(contents: Contents) -> None:
    theme = contents.figures.themes[0]
    assert theme.sector is not None
    assert theme.gap is not None
    gone: dict[str, Any] = dict.fromkeys(FIGURES)
    hidden = replace(
        theme,
        sector=replace(theme.sector, **gone, withheld=Withheld.PROTECTS_ANOTHER),
        gap=replace(theme.gap, practice=None, experience=None, points=None, withheld=Withheld.PROTECTS_ANOTHER),
        groups=(),
    )
    figures = replace(contents.figures, themes=(hidden, *contents.figures.themes[1:]))
    files = make_open_data(replace(contents, figures=figures), address=ADDRESS)
    (row,) = [row for row in csv_rows(files, "theme-scores") if row["theme"] == theme.ref]
    assert all(row[name] == "" for name in FIGURES)
    assert (row["invited"], row["mark"]) == ("350", HIDDEN_MARK)
    assert row["why"] == "hidden so that another group stays private"
    (gap,) = [row for row in csv_rows(files, "gaps") if row["ref"] == theme.ref]
    assert (gap["gap"], gap["public_bodies"], gap["groups"], gap["mark"]) == ("", "", "", HIDDEN_MARK)
    in_json = next(each for each in json.loads(files["gaps.json"]) if each["ref"] == theme.ref)
    assert (in_json["gap"], in_json["clear"], in_json["mark"]) == (None, None, HIDDEN_MARK)


def test_few_answers_have_no_direction_and_the_two_sides_are_not_said_to_agree(contents: Contents) -> None:
    theme = contents.figures.themes[0]
    assert theme.sector is not None
    few = replace(theme, sector=replace(theme.sector, few=True))
    figures = replace(contents.figures, themes=(few,), together=())
    files = make_open_data(replace(contents, figures=figures), address=ADDRESS)
    gap, change = (
        next(row for row in csv_rows(files, name) if row["ref"] == theme.ref) for name in ("gaps", "changes")
    )
    assert (gap["few_answers"], gap["clear"], gap["agreement"]) == ("true", "false", "")
    assert (change["direction"], change["direction_in_a_list"], change["points"]) == ("few_answers", "few_answers", "")


def test_the_first_review_has_no_changes_and_a_release_without_outcomes_has_none_of_them(templates: Templates) -> None:
    first = without_outcomes(contents_of(templates, "2023.1"))
    files = make_open_data(first, address=ADDRESS)
    empty = {name for name, content in files.items() if name.endswith(".json") and content == b"[]\n"}
    assert {"changes.json", "outcomes.json", "outcome-figures.json", "actions.json", "concerns.json"} <= empty
    for outline in OUTLINES:
        header = files[f"{outline.name}.csv"].decode("utf-8-sig").splitlines()[0]
        assert header.split(",") == [column.name for column in columns_of(outline)]
    assert {row["release"] for row in csv_rows(files, "theme-scores")} == {"2023.1"}


@pytest.mark.parametrize("typed", TYPED)
def test_what_people_typed_is_words_in_csv_and_the_same_words_in_json(contents: Contents, typed: str) -> None:
    small = smaller(contents)
    promise = small.figures.together[0]
    assert isinstance(promise, Promise)
    renamed = replace(promise, title=typed)
    action = replace(small.actions[0], heading=typed, doers=(typed, typed))
    figures = replace(small.figures, together=(renamed,))
    files = make_open_data(replace(small, figures=figures, actions=(action,)), address=ADDRESS)
    found = next(row["title"] for row in csv_rows(files, "promises") if row["ref"] == promise.ref)
    assert not found.startswith(("=", "+", "-", "@", "\t"))
    assert found.removeprefix("'") == typed
    (as_json,) = json.loads(files["actions.json"])
    assert (as_json["heading"], as_json["doers"]) == (typed, f"{typed}; {typed}")


def test_a_release_that_is_real_bears_no_mark(contents: Contents) -> None:
    real = replace(smaller(contents), release=replace(contents.release, made_up=False, reason="A sum was wrong."))
    files = make_open_data(real, address=ADDRESS)
    assert {row["made_up"] for row in csv_rows(files, "theme-scores")} == {"false"}
    told = json.loads(files["datapackage.json"])
    assert told["title"] == "2025 review: Framework 2021 and Pact principles"
    assert "This release corrects the one before: A sum was wrong." in told["description"]
    assert "made up" not in files["README.txt"].decode()
