"""A mistaken file of lineage, indicators or past actions is refused whole, each mistake with file, place and reason."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.catalogue import ASSESSED, LINEAGE
from charter.catalogue.lineage import parse_lineage
from charter.catalogue.reading import CatalogueError, Mistake, read_catalogue
from charter.outcomes_data import INDICATORS, PAST_ACTIONS
from charter.outcomes_data.indicators import parse_indicators
from charter.outcomes_data.past_actions import parse_past_actions

FRAMEWORK = read_catalogue(ASSESSED)
NAME = "ours.toml"
PARSERS: dict[str, Callable[[bytes], object]] = {
    LINEAGE.name: lambda data: parse_lineage(data, name=NAME, later=FRAMEWORK),
    INDICATORS.name: lambda data: parse_indicators(data, name=NAME, charter=FRAMEWORK),
    PAST_ACTIONS.name: lambda data: parse_past_actions(data, name=NAME),
}
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in (LINEAGE, INDICATORS, PAST_ACTIONS)}
PARTS, FIGURES, ACTIONS = TEXTS
KEY = re.compile(r"([a-z_]+) = ")

ONE_CHANGE = [
    # Of which file, what is written, what it becomes, where that is reported, and with what words.
    (PARTS, 'ref = "CMP-ALL-2"', 'ref = "CMP-ALL-1"', "parts → CMP-ALL-1 → ref", "used twice"),
    (PARTS, 'part_of = "values"', 'part_of = "beliefs"', "CMP-VAL-1 → part_of", "not among the lists"),
    (PARTS, 'part_of = "values"\nposition = 1', 'part_of = "values"\nposition = 3', "CMP-VAL-1 → position", "next in"),
    (PARTS, "count = 10", "count = 9", "lists → values → count", "has 10 parts"),
    (PARTS, 'owed_by = "vcfse"\n', "", "undertakings-groups → owed_by", "this kind needs it"),
    (PARTS, "count = 10", 'count = 10\nowed_by = "vcfse"', "lists → values → owed_by", "this kind has none"),
    (PARTS, 'level = "information"\n', "", "CMP-LEV-1 → level", "this kind needs it"),
    (PARTS, 'level = "consultation"', 'level = "information"', "CMP-LEV-2 → level", "used twice"),
    (PARTS, 'level = "information"', 'level = "telling"', "CMP-LEV-1 → level", "must be one of"),
    (PARTS, 'title = "Volunteers matter"', 'title = "Volunteers matter"\nlevel = "information"', "→ level", "has none"),
    (PARTS, 'kind = "value"', 'kind = "belief"', "lists → values → kind", "must be one of"),
    (PARTS, 'section = "Section 2, Values"\nposition = 1', 'section = "S"', "→ source → position", "counted from 1"),
    (PARTS, 'document = "compact"', 'document = "pact"', "CMP-ALL-1 → source → document", "not among the documents"),
    (PARTS, 'successors = ["PACT-2"]', 'successors = ["PACT-11"]', "→ successors", "framework-2021 does not have"),
    (PARTS, 'successors = ["PACT-2"]', 'successors = ["PACT-2", "PACT-2"]', "→ successors", "twice"),
    (PARTS, 'successors = ["PACT-2"]', "successors = []", "CMP-ALL-1 → reading → note", "say why"),
    (PARTS, 'theme = "equality"', 'theme = "how-we-work-together"', "→ reading → theme", "one of the scored themes"),
    (PARTS, 'read_into = "framework-2021"', 'read_into = "compact-2006"', "lineage → read_into", "framework-2021"),
    (FIGURES, 'key = "staff-networks"', 'key = "sector-income"', "sector-income → key", "used twice"),
    (FIGURES, 'key = "groups-closed"', 'key = "sector-income"', "agenda → sector-income → key", "with figures"),
    (FIGURES, 'indicator = "staff-networks"', 'indicator = "networks"', "→ indicator", "not among the indicators"),
    (FIGURES, 'indicator = "staff-networks"', 'indicator = "networks"', "indicators → staff-networks", "has no figure"),
    (FIGURES, "value = 263", "value = -263", "figures → number 2 → value", "negative"),
    (FIGURES, "value = 62", "value = 140", "figures → number 5 → value", "more than 100%"),
    (FIGURES, "value = 62", 'value = "62"', "figures → number 5 → value", "without quotation marks"),
    (FIGURES, "value = 62", "value = true", "figures → number 5 → value", "must be a number"),
    (FIGURES, "value = 62", "value = nan", "figures → number 5 → value", "finite"),
    (FIGURES, "value = 9.3", "value = 9.33333", "value", "4 decimal places"),
    (FIGURES, 'when = "2005-10"', 'when = "October 2005"', "when", "is not a date"),
    (FIGURES, 'when = "2005-10"\n', "", "→ when", "is missing"),
    (FIGURES, 'when = "2020-04"', 'when = "2019-04"', "→ when", "used twice"),
    (FIGURES, 'when = "2020-04"', 'when = "2018-04"', "→ when", "oldest first"),
    (FIGURES, 'until = "2021-03"', 'until = "2021"', "→ until", "as exact as"),
    (FIGURES, 'until = "2021-03"', 'until = "2020-03"', "→ until", "not after"),
    (FIGURES, 'frequency = "yearly"', 'frequency = "once"', "→ indicator", "has a figure already"),
    (FIGURES, 'coverage = "People aged 16', 'coverage = "People aged 18', "→ coverage", "break_kind"),
    (FIGURES, 'called = "2016/17"', 'called = "2016/17"\nbreak_kind = "coverage"', "→ break_reason", "beside"),
    (
        FIGURES,
        'called = "2016/17"',
        'called = "2016/17"\nbreak_kind = "coverage"',
        "→ break_kind",
        "nothing stands before",
    ),
    (FIGURES, 'qualifier = "about"', 'qualifier = "roughly"', "figures → number 1 → qualifier", "must be one of"),
    (FIGURES, 'coverage = "All staff of Thurrock Council."\n', "", "→ coverage", "is missing"),
    (FIGURES, 'document = "announcement"', 'document = "poster"', "number 1 → source → document", "not among the"),
    (FIGURES, 'performance_kind = "how_much"\n', "", "→ performance_kind", "who is better off"),
    (
        FIGURES,
        'kind = "population"',
        'kind = "population"\nperformance_kind = "how_well"',
        "→ performance_kind",
        "only a",
    ),
    (FIGURES, 'commitments = ["EMP-SEC-1"]', 'commitments = ["EMP-SEC-9"]', "→ commitments", "does not have"),
    (FIGURES, 'theme = "equality"', 'theme = "fairness"', "→ theme", "one of the scored themes"),
    (ACTIONS, 'ref = "ACT-SET-2"', 'ref = "ACT-SET-1"', "actions → ACT-SET-1 → ref", "used twice"),
    (ACTIONS, 'plan = "equalities"', 'plan = "fairness"', "ACT-EQU-1 → plan", "not among the plans"),
    (ACTIONS, 'plan = "equalities"', 'plan = "fairness"', "plans → equalities → count", "has 3 actions"),
    (ACTIONS, 'who = ["cvs"]', 'who = ["cbs"]', "ACT-SET-3 → who", "not among the bodies"),
    (ACTIONS, 'who = ["cvs"]', "who = []", "ACT-SET-3 → who", "names nobody"),
    (ACTIONS, 'by_when = "2006-12"', 'by_when = "Dec 06"', "ACT-SET-1 → by_when", "is not a date"),
    (ACTIONS, 'by_when = "2006-12"\n', "", "ACT-SET-1 → by_when", "unless the action is ongoing"),
    (ACTIONS, "ongoing = true", 'ongoing = true\nby_when = "2007"', "ACT-SET-6 → by_when", "unless the action is"),
    (ACTIONS, 'status = "not_known"', 'status = "unknown"', "history → status", "must be one of"),
    (ACTIONS, 'document = "compact"', 'document = "pact"', "ACT-SET-1 → source → document", "not among the documents"),
]


def mistakes_in(file: str, text: str) -> list[Mistake]:
    """Give the mistakes, none for a right file. Any other exception fails the test."""
    found: list[Mistake] = []
    try:
        PARSERS[file](text.encode())
    except CatalogueError as error:
        found = error.mistakes
        if not found:
            raise
    assert all(each.file == NAME and each.place and each.reason for each in found)
    return found


@pytest.mark.parametrize("file", TEXTS)
def test_the_shipped_file_is_right(file: str) -> None:
    assert mistakes_in(file, TEXTS[file]) == []


@pytest.mark.parametrize(("file", "written", "becomes", "place", "reason"), ONE_CHANGE)
def test_one_mistake_is_reported_where_it_is_in_plain_words(
    file: str, written: str, becomes: str, place: str, reason: str
) -> None:
    assert written in TEXTS[file]
    found = mistakes_in(file, TEXTS[file].replace(written, becomes, 1))
    assert [each for each in found if place in each.place and reason in each.reason], found


def one_line_of_each_key() -> list[tuple[str, int]]:
    """Give, for every key of every kind of table in the files, the first line that has it."""
    first: dict[tuple[str, str, str], int] = {}
    for name, text in TEXTS.items():
        table = ""
        for index, line in enumerate(text.split("\n")):
            table = line if line.startswith("[") else table
            if match := KEY.match(line):
                first.setdefault((name, table, match.group(1)), index)
    return [(name, index) for (name, _, _), index in first.items()]


@pytest.mark.slow
def test_any_key_misspelt_or_of_another_kind_is_reported_with_its_line() -> None:
    each_key = one_line_of_each_key()
    assert len(each_key) > 90
    for file, text in TEXTS.items():
        misspelt, retyped = text.split("\n"), text.split("\n")
        indexes = [index for each, index in each_key if each == file]
        for index in indexes:
            key, value = misspelt[index].split(" = ", 1)
            misspelt[index], retyped[index] = f"{key}_ = {value}", f"{key} = 1979-05-27"
        for lines in (misspelt, retyped):
            places = [each.place for each in mistakes_in(file, "\n".join(lines))]
            for index in indexes:
                key = lines[index].split(" = ", 1)[0]
                assert any(place.endswith(f"→ {key} (line {index + 1})") for place in places), lines[index]


LINES = [line for text in TEXTS.values() for line in text.split("\n")]
SECTIONS = sorted({line.strip("[]").split(".")[0] for line in LINES if line.startswith("[")})
FIELDS = sorted({match.group(1) for match in map(KEY.match, LINES) if match})
VALUES = st.recursive(
    st.sampled_from(["1", "-1", '""', '"x"', "true", "2.5", "nan", "1979-05-27"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda each: f"[{', '.join(each)}]")
        | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4).map(
            lambda each: "{" + ", ".join(f"{key} = {value}" for key, value in each.items()) + "}"
        )
    ),
    max_leaves=8,
)


@given(st.sampled_from(sorted(TEXTS)), st.dictionaries(st.sampled_from(SECTIONS), VALUES, min_size=1))
def test_values_of_any_shape_are_refused(file: str, tables: dict[str, str]) -> None:
    assert mistakes_in(file, "\n".join(f"{key} = {value}" for key, value in tables.items()))
