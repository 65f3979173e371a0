"""The checklist of security names tests that exist, and leaves no demand without a test or a reason."""

import ast
import re
from functools import cache

import pytest

from tests.making import ROOT

LIST = (ROOT / "tests" / "asvs.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([0-9][^|]*) \| ([^|]+) \| ([^|]+) \|$", LIST, re.MULTILINE)
NAMED = re.findall(r"`((?:rules|store|screens|http|browser)/\w+\.py)(?:::(\w+))?`", LIST)
FILES = re.findall(r"`((?:charter|pages|db)/[\w/]+\.py)`", LIST)
FEWEST_ROWS = 100


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("path", sorted({path for path, _ in NAMED}))
def test_every_test_that_it_names_exists(path: str) -> None:
    named = {name for where, name in NAMED if where == path and name}
    assert named <= names_in(path), named - names_in(path)
    assert any(name.startswith("test_") for name in names_in(path))


def test_every_file_that_it_names_exists() -> None:
    assert FILES
    assert [path for path in FILES if not (ROOT / path).is_file()] == []


def test_every_demand_stands_in_it_once_in_order_with_a_test_or_a_reason() -> None:
    assert len(ROWS) >= FEWEST_ROWS
    firsts = [tuple(int(part) for part in row[0].split(",")[0].split(" ")[0].split(".")) for row in ROWS]
    assert firsts == sorted(set(firsts))
    for demand, short, held in ROWS:
        assert short.strip(), demand
        assert "::" in held or len(held.split()) > 3 or ".py" in held, demand


def test_what_is_not_met_says_why() -> None:
    unmet = [held for _, _, held in ROWS if held.startswith("not met")]
    assert len(unmet) == 3
    assert all(len(held.split()) > 6 for held in unmet)
