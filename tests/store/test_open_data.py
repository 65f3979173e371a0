"""Open data: every figure as the store holds it, in whole points; nothing hidden; every row says what it belongs to."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TypeVar

import pytest
from sqlmodel import Session, SQLModel, select

from charter.reports.columns import Kind, Missing
from charter.reports.contents import Contents
from charter.reports.open_data import columns_of, make_open_data
from charter.reports.tables import OUTLINES, tables_of
from charter.rules.shares import percent_words, whole
from charter.words import DISCLOSIVE, HIDDEN_MARK
from db.models import (
    Release,
    ReleaseBodyAnswer,
    ReleaseChange,
    ReleaseGap,
    ReleaseInput,
    ReleaseResponse,
    ReleaseScore,
    ReleaseShare,
)
from db.types import Breakdown, Direction, GapKind, Measure, Scope, Side
from tests.store.given_out import ADDRESS, contents_of, csv_rows, demonstration
from tests.templates import Templates

Files = Mapping[str, bytes]
Stored = TypeVar("Stored", bound=SQLModel)
LEVELS = tuple(f"level_{number}" for number in range(5))


@pytest.fixture(scope="module")
def stored(templates: Templates) -> Iterator[Session]:
    with demonstration(templates) as session:
        yield session


@pytest.fixture(scope="module")
def contents(templates: Templates) -> Contents:
    return contents_of(templates)


@pytest.fixture(scope="module")
def files(contents: Contents) -> Files:
    return make_open_data(contents, address=ADDRESS)


def points(value: float | None) -> str:
    return "" if value is None else str(whole(value))


def text(value: object) -> str:
    return "" if value is None else str(value)


def of_release(stored: Session, model: type[Stored], side: Side | None = None) -> list[Stored]:
    """Read the release's rows, of both sides or of one."""
    wanted: dict[str, object] = {"release_id": stored.exec(select(Release.id).where(Release.ref == "2025.1")).one()}
    wanted |= {} if side is None else {"side": side}
    rows = stored.exec(select(model)).all()
    return [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]


def by_key(rows: Iterable[Mapping[str, str]], *names: str) -> dict[tuple[str, ...], Mapping[str, str]]:
    found = {tuple(row[name] for name in names): row for row in rows}
    assert found
    return found


def test_every_score_of_groups_is_the_stored_one_and_none_is_left_out(files: Files, stored: Session) -> None:
    rows = of_release(stored, ReleaseScore, Side.VCFSE)
    themes = by_key(csv_rows(files, "theme-scores"), "theme", "breakdown", "group")
    promises = by_key(csv_rows(files, "promise-scores"), "ref", "breakdown", "group")
    seen = set()
    for row in rows:
        if row.scope is Scope.THEME and row.measure is Measure.PRACTICE:
            continue  # what groups owe themselves stands beside its gap alone, as on the pages
        told = (themes if row.scope is Scope.THEME else promises)[row.ref, row.breakdown, row.group_code or "all"]
        seen.add(id(told))
        assert told["invited"] == str(row.invited)
        assert [told[name] for name in ("score", "low", "high", "lowest", "highest")] == [
            points(value) for value in (row.score, row.low, row.high, row.lowest, row.highest)
        ]
        assert told["answered"] == text(row.answered)
        if row.scope is Scope.COMMITMENT:
            levels = [getattr(row, name) for name in LEVELS]
            assert [told[name] for name in LEVELS] == [text(level) for level in levels]
            assert told["share_high"] == ("" if row.share_high is None else percent_words(row.share_high))
        assert told["mark"] == ("" if row.withheld is None else HIDDEN_MARK if row.withheld in DISCLOSIVE else "[x]")
        assert bool(told["why"]) is (row.withheld is not None)
    assert len(seen) == len(themes) + len(promises) > 300


def test_every_gap_is_the_stored_one(files: Files, stored: Session) -> None:
    told = by_key(csv_rows(files, "gaps"), "scope", "ref", "owed_by")
    rows = of_release(stored, ReleaseGap)
    assert len(rows) == len(told)
    for row in rows:
        found = told[row.scope, row.ref, row.owing_side if row.kind is GapKind.PERCEPTION_GAP else "both"]
        assert found["kind"] == row.kind
        assert [found[name] for name in ("public_bodies", "groups", "gap", "low", "high")] == [
            points(value) for value in (row.public_score, row.vcfse_score, row.gap, row.low, row.high)
        ]
        assert (found["bodies_answered"], found["bodies_asked"]) == (str(row.bodies_answered), str(row.bodies_asked))
        if row.kind is GapKind.PERCEPTION_GAP and row.gap is not None and found["few_answers"] == "false":
            assert found["clear"] == str(row.clear).lower()


def test_every_change_that_can_be_compared_is_the_stored_one(files: Files, stored: Session) -> None:
    told = by_key(csv_rows(files, "changes"), "scope", "ref")
    rows = of_release(stored, ReleaseChange, Side.VCFSE)
    assert len(rows) == len(told)
    shown = 0
    for row in rows:
        found = told[row.scope, row.ref]
        figures = [found[name] for name in ("before", "after", "points", "low", "high")]
        if row.direction in (Direction.CANNOT_BE_COMPARED, Direction.FEW_ANSWERS):
            assert figures == [""] * 5
            continue
        shown += 1
        assert figures == [points(value) for value in (row.before, row.after, row.difference, row.low, row.high)]
        assert (found["direction"], found["matched"]) == (row.direction, str(row.matched))
    assert shown > 10


def test_who_answered_is_the_stored_count_and_small_wards_stand_together(files: Files, stored: Session) -> None:
    told = by_key(csv_rows(files, "responses"), "breakdown", "group")
    rows = of_release(stored, ReleaseResponse, Side.VCFSE)
    wards = [row for row in rows if row.breakdown is Breakdown.WARD]
    for row in rows:
        if row.breakdown is not Breakdown.WARD:
            found = told[row.breakdown, row.group_code or "all"]
            assert (found["invited"], found["submitted"]) == (str(row.invited), str(row.submitted))
    of_wards = [found for (part, _), found in told.items() if part == Breakdown.WARD]
    assert all(int(found["invited"]) >= 10 for found in of_wards)
    assert sum(int(found["submitted"]) for found in of_wards) == sum(row.submitted for row in wards)


def test_shares_and_public_bodies_answers_are_the_stored_ones(files: Files, stored: Session) -> None:
    shares = by_key(csv_rows(files, "shares"), "question", "contact", "option")
    for row in (rows := of_release(stored, ReleaseShare)):
        found = shares[row.question, row.contact_code or "all", row.option]
        assert found["percent_words"] == ("" if row.share is None else percent_words(row.share))
        assert found["percent"] == found["percent_words"].strip("%").removeprefix("under ").removeprefix("over ")
        assert found["answered"] == text(row.answered)
        assert [found["low"], found["high"]] == [
            points(None if end is None else 100 * end) for end in (row.low, row.high)
        ]
    assert len(rows) == len(shares)
    answers = by_key(csv_rows(files, "public-body-answers"), "ref", "name")
    for answer in (given := of_release(stored, ReleaseBodyAnswer)):
        assert answers[answer.ref, answer.name]["level"] == text(answer.level)
        assert answers[answer.ref, answer.name]["no_level"] == text(answer.no_level)
    assert len(given) == len(answers)
    bodies = of_release(stored, ReleaseInput, Side.PUBLIC)
    named = {row["name"]: row["answered"] for row in csv_rows(files, "public-bodies")}
    assert named == {body.name: str(body.counted).lower() for body in bodies}


def test_public_bodies_mean_stands_beside_a_gap_and_nowhere_else(files: Files, contents: Contents) -> None:
    told = {(row["ref"], row["review"]) for row in csv_rows(files, "scores-over-reviews") if row["side"] == "public"}
    without = {promise.ref for promise in contents.figures.promises if promise.gap is None}
    assert without
    assert not {ref for ref, _ in told} & without


def test_every_outcome_target_figure_action_and_concern_is_the_released_one(files: Files, contents: Contents) -> None:
    outcomes = by_key(csv_rows(files, "outcomes"), "ref")
    figures = by_key(csv_rows(files, "outcome-figures"), "ref", "starts_on", "ends_on")
    targets = by_key(csv_rows(files, "outcome-targets"), "ref", "starts_on", "ends_on")
    for each in contents.indicators:
        assert outcomes[(each.ref,)]["status"] == (each.stands.status or "context")
        assert outcomes[(each.ref,)]["short_trend"] == text(each.stands.short.travel)
        for measured in each.history:
            found = figures.pop((each.ref, *(text(day) for day in (measured.span.starts_on, measured.span.ends_on))))
            assert Decimal(found["value"]) == measured.now.value
            assert (found["source"], found["qualifier"]) == (measured.now.source, measured.now.qualifier)
        for aim in each.targets:
            key = (each.ref, text(aim.span.starts_on), text(aim.span.ends_on))
            assert Decimal(targets.pop(key)["value"]) == aim.value
        if each.history:
            last = max(each.history, key=lambda one: one.span.ends_on)
            assert Decimal(outcomes[(each.ref,)]["latest_value"]) == last.now.value
    assert not figures
    assert not targets
    actions = by_key(csv_rows(files, "actions"), "ref")
    for action in contents.actions:
        assert actions[(action.ref,)]["status"] == action.status
        assert actions[(action.ref,)]["overdue"] == str(action.overdue).lower()
        assert actions[(action.ref,)]["due_on"] == text(action.due_on)
    concerns = by_key(csv_rows(files, "concerns"), "year")
    assert {year: row["count"] for (year,), row in concerns.items()} == {
        str(each.year): text(each.count) for each in contents.concerns
    }


def test_no_row_with_a_hidden_figure_holds_any_of_its_figures(files: Files, contents: Contents) -> None:
    hidden = [row for name in ("theme-scores", "promise-scores") for row in csv_rows(files, name)]
    hidden = [row for row in hidden if row["mark"] == HIDDEN_MARK]
    scores = [score for each in contents.figures.promises for score in (each.sector, *each.groups) if score is not None]
    assert len(hidden) == sum(score.hidden for score in scores) > 50
    names = ("answered", "score", "low", "high", "lowest", "highest", *LEVELS, "share_high")
    assert all(row[name] == "" for row in hidden for name in names if name in row)


def test_every_row_in_which_something_is_hidden_bears_the_mark(files: Files, contents: Contents) -> None:
    for table in tables_of(contents):
        hidden = [Missing.HIDDEN in row for row in table.rows]
        if any(hidden):
            assert [row["mark"] == HIDDEN_MARK for row in csv_rows(files, table.outline.name)] == hidden


def test_json_says_the_same_as_csv_cell_by_cell_and_both_are_of_the_kind_that_is_told(files: Files) -> None:
    for outline in OUTLINES:
        columns = columns_of(outline)
        as_json = json.loads(files[f"{outline.name}.json"])
        as_csv = csv_rows(files, outline.name)
        assert len(as_json) == len(as_csv)
        for one, other in zip(as_json, as_csv, strict=True):
            assert list(one) == list(other) == [column.name for column in columns]
            for column in columns:
                assert _as_words(one[column.name], column.kind) == other[column.name].removeprefix("'"), column


def _as_words(value: object, kind: Kind) -> str:
    if value is None:
        return ""
    match kind:
        case Kind.YES_NO:
            assert isinstance(value, bool)
            return str(value).lower()
        case Kind.WHOLE:
            assert isinstance(value, int)
        case Kind.NUMBER:
            assert isinstance(value, int | float)
        case _:
            assert isinstance(value, str)
    return str(value)


def test_the_key_of_a_table_tells_its_rows_apart_and_holds_no_gap(contents: Contents) -> None:
    for table in tables_of(contents):
        names = [column.name for column in table.outline.columns]
        keys = [tuple(row[names.index(name)] for name in table.outline.key) for row in table.rows]
        assert len(set(keys)) == len(keys), table.outline.name
        assert not any(isinstance(cell, Missing) for key in keys for cell in key), table.outline.name


def test_a_closed_list_of_words_names_every_code_that_stands_in_its_column(contents: Contents) -> None:
    for table in tables_of(contents):
        for place, column in enumerate(table.outline.columns):
            if column.words:
                found = {str(row[place]) for row in table.rows if not isinstance(row[place], Missing)}
                assert found <= {str(code) for code in column.words}, (table.outline.name, column.name)


def test_every_row_says_of_which_release_it_is_and_that_it_is_made_up(files: Files) -> None:
    for outline in OUTLINES:
        assert {(row["release"], row["made_up"]) for row in csv_rows(files, outline.name)} == {("2025.1", "true")}
    assert "everything in these files is made up" in files["README.txt"].decode()


def test_made_again_the_files_are_the_same(files: Files, contents: Contents) -> None:
    assert make_open_data(contents, address=ADDRESS) == files
