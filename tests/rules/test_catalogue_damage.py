"""A charter file that is damaged anywhere is refused with its mistakes, or read as it is written: never half."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charter.catalogue.reading import LARGEST_FILE, CatalogueError, parse_catalogue, read_catalogue
from tests.rules.charter_texts import TEXTS, mistakes_in

KEY = re.compile(r"([a-z_]+) = ")
SECTIONS = ["charter", "documents", "bodies", "themes", "strands", "levels", "commitments", "statements", "milestones"]
# Keys that a file may do without, and a list that may be left out when it is empty.
MAY_BE_LEFT_OUT = {
    "adoption_note",
    "issued_by",
    "not_held",
    "note",
    "org_id",
    "parent",
    "signed_by",
    "successor_note",
    "theme_reading",
    "years_from",
    "years_to",
}


def key_lines(text: str) -> list[int]:
    return [index for index, line in enumerate(text.split("\n")) if KEY.match(line)]


def with_line(text: str, index: int, line: str | None) -> str:
    lines = text.split("\n")
    lines[index : index + 1] = [] if line is None else [line]
    return "\n".join(lines)


def one_of_each_key() -> list[tuple[str, int]]:
    """Give, for every key of every kind of table in the shipped files, the first line that has it."""
    first: dict[tuple[str, str, str], int] = {}
    for name, text in TEXTS.items():
        table = ""
        for index, line in enumerate(text.split("\n")):
            table = line if line.startswith("[") else table
            if match := KEY.match(line):
                first.setdefault((name, table, match.group(1)), index)
    return [(name, index) for (name, _, _), index in first.items()]


EACH_KEY = one_of_each_key()
ANY_KEY = st.sampled_from(sorted(TEXTS)).flatmap(lambda n: st.tuples(st.just(n), st.sampled_from(key_lines(TEXTS[n]))))


def read_is_written(data: bytes) -> None:
    """Hold that what is read of a right file is all that stands in it, and nothing else."""
    read, written = parse_catalogue(data, name="charter.toml"), tomllib.loads(data.decode("utf-8-sig"))
    assert (read.charter.key, read.charter.title) == (written["charter"]["key"], written["charter"]["title"])
    for section in SECTIONS[1:]:
        assert len(getattr(read, section)) == len(written.get(section, []))
    for section, name in (("themes", "key"), ("strands", "key"), ("commitments", "ref")):
        assert [getattr(row, name) for row in getattr(read, section)] == [row[name] for row in written.get(section, [])]


def deleting_is_reported(name: str, index: int) -> None:
    line = TEXTS[name].split("\n")[index]
    key = line.split(" = ")[0]
    found = mistakes_in(with_line(TEXTS[name], index, None), name)
    if found:
        assert any(key in mistake.place for mistake in found)
    else:
        # A statement may be about a whole theme; a milestone need not stand in a list; partners are not named.
        assert key in MAY_BE_LEFT_OUT or key in {"strand", "position"} or line == "bodies = []"


def mangling_is_reported(name: str, *indexes: int) -> None:
    """Hold that of keys that are misspelt, and of values of another kind, each is reported in its line."""
    renamed, retyped = TEXTS[name].split("\n"), TEXTS[name].split("\n")
    for index in indexes:
        key, value = renamed[index].split(" = ", 1)
        renamed[index], retyped[index] = f"{key}_ = {value}", f"{key} = 1979-05-27"
    for lines in (renamed, retyped):
        places = [mistake.place for mistake in mistakes_in("\n".join(lines), name)]
        for index in indexes:
            key = lines[index].split(" = ", 1)[0]
            assert any(place.endswith(f"→ {key} (line {index + 1})") for place in places), lines[index]


def unwriting_is_reported(name: str, index: int) -> None:
    line = TEXTS[name].split("\n")[index].replace(" = ", " ", 1)
    unwritten = mistakes_in(with_line(TEXTS[name], index, line), name)
    assert [mistake.place for mistake in unwritten] == [f"line {index + 1}"]


@pytest.mark.slow
def test_each_kind_of_key_is_tried() -> None:
    assert len(EACH_KEY) > 100
    for name, index in EACH_KEY:
        deleting_is_reported(name, index)
    for name in TEXTS:
        mangling_is_reported(name, *(index for each, index in EACH_KEY if each == name))


@settings(max_examples=30)
@given(ANY_KEY)
def test_any_key_deleted_or_mangled_is_reported_with_its_place(key: tuple[str, int]) -> None:
    deleting_is_reported(*key)
    mangling_is_reported(*key)
    unwriting_is_reported(*key)


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_the_shipped_files_are_read_as_they_are_written(name: str) -> None:
    assert not mistakes_in(TEXTS[name])
    read_is_written(TEXTS[name].encode())


@settings(max_examples=100)
@given(
    st.sampled_from(sorted(TEXTS)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 300), st.binary(max_size=12)), min_size=1, max_size=4),
)
def test_damage_anywhere_is_a_list_of_mistakes_or_harmless(name: str, blows: list[tuple[float, int, bytes]]) -> None:
    data = TEXTS[name].encode()
    for where, gone, put in blows:
        start = int(where * len(data))
        data = data[:start] + put + data[start + gone :]
    if not mistakes_in(data):
        read_is_written(data)


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_garbage_is_refused(data: bytes) -> None:
    assert mistakes_in(data)


VALUES = st.recursive(
    st.sampled_from(["1", "-1", '""', '"x"', "true", "2.5", "nan", "1979-05-27", "07:32:00"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda each: f"[{', '.join(each)}]")
        | st.dictionaries(
            st.sampled_from(["key", "ref", "theme", "source", "document", "value"]), inner, max_size=3
        ).map(lambda each: "{" + ", ".join(f"{key} = {value}" for key, value in each.items()) + "}")
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(SECTIONS), VALUES, min_size=1))
def test_values_of_any_shape_are_refused(tables: dict[str, str]) -> None:
    assert mistakes_in("\n".join(f"{key} = {value}" for key, value in tables.items()))


@pytest.mark.parametrize(
    ("data", "place", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "line 1", "not text in UTF-8"),
        ("[charter]\ntitle = 'Größe'".encode("latin-1"), "line 2", "not text in UTF-8"),
        ("[charter]".encode("utf-16"), "line 1", "not text in UTF-8"),
        (b"title = \x00", "line 1", "not TOML"),
        (b"#" * (LARGEST_FILE + 1), "the whole file", "larger than 2 MB"),
        (b"a = " + b"[" * 100_000, "the whole file", "too deeply"),
        (b"a = " + b"{a = " * 100_000, "the whole file", "too deeply"),
        (b"a = " + b"9" * 5_000, "the whole file", "too long"),
        (b".".join([b"a"] * 900_000) + b" = 1", "line 1", "dots"),
        (b"[[commitments]]\n" * 5_000, "commitments (line 1)", "more than 2000 rows"),
        (b"[charter]\nkey = 'a'\nkey = 'b'\n", "line 3", "written twice"),
        (b"", "charter", "is missing"),
    ],
)
def test_what_is_not_a_charter_file_is_refused_at_once(data: bytes, place: str, reason: str) -> None:
    first = mistakes_in(data)[0]
    assert first.place == place
    assert reason in first.reason


def test_a_file_that_is_not_there_is_a_mistake_too(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path, Path("a\0b")):
        with pytest.raises(CatalogueError, match=r"no such file|cannot be opened") as caught:
            read_catalogue(path)
        assert [mistake.place for mistake in caught.value.mistakes] == ["the whole file"]


def test_reading_needs_no_more_depth_than_there_is() -> None:
    depth = sys.getrecursionlimit()
    for levels in range(0, depth, 50):
        assert mistakes_in("themes = " + "[" * levels + "1" + "]" * levels)
