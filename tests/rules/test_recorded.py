"""Whatever somebody writes is in the audit log, and so is who looks at others' answers: shown over the whole code."""

import pytest

from tests.rules.structure import Module, modules
from tests.rules.what_is_recorded import (
    RECORDS,
    SIGHT,
    UNRECORDED,
    WITHOUT_ANSWERS,
    WITHOUT_BEFORE,
    Verb,
    begun_in_writing,
    changes,
    reaches,
    shows_answers,
    verbs_of,
    without_before,
)

FEWEST_VERBS = 100  # that write: a rule that looked at none would hold nothing


@pytest.fixture(scope="module")
def code() -> tuple[Module, ...]:
    return tuple(module for module in modules() if not module.path.startswith("tests/"))


def writing_verbs(code: tuple[Module, ...], verbs: dict[str, Verb]) -> set[str]:
    called = {name for module in code for name in begun_in_writing(module)}
    told = {name for name, verb in verbs.items() if verb.viewer and changes(verbs, name)}
    public = {name for name in told if not name.rpartition(".")[2].startswith("_")}
    return {name for name in called | public if name.startswith("charter.")}


def test_every_verb_that_writes_has_an_entry_made_or_is_listed_with_its_reason(code: tuple[Module, ...]) -> None:
    verbs = dict(verbs_of(code))
    found = writing_verbs(code, verbs)
    assert len(found) > FEWEST_VERBS
    assert {name for name in found if not reaches(verbs, name, RECORDS)} == set(UNRECORDED)


def test_every_verb_that_shows_answers_has_the_sight_written_down_or_is_listed_with_its_reason(
    code: tuple[Module, ...],
) -> None:
    verbs = verbs_of(code)
    found = {name for name, verb in verbs.items() if name.startswith("charter.") and shows_answers(verb)}
    assert {"charter.forms.read_form", "charter.retyping.held_group"} < found
    assert {name for name in found if not reaches(verbs, name, SIGHT)} == set(WITHOUT_ANSWERS)


def test_every_act_tells_what_was_before_and_after_or_is_listed_with_its_reason(code: tuple[Module, ...]) -> None:
    found = {act for module in code for act in without_before(module)}
    assert found == frozenset[str]().union(*WITHOUT_BEFORE.values())


VERBS = """
from charter import audit
from charter.rules.access import Act, require
from charter.store import writing

def silent(session, *, viewer):
    session.add(1)

def loud(session, *, viewer):
    _inner(session, viewer)

def _inner(session, viewer):
    session.add(1)
    audit.record(session, viewer, act="x", subject="y")

def peeping(session, *, viewer):
    require(viewer, Act.READ_GROUP_ANSWERS)

def run():
    with writing() as session:
        silent(session, viewer=1)
"""


def test_the_rule_finds_what_it_is_for() -> None:
    module = Module("charter/made.py", VERBS)
    verbs = dict(verbs_of([module]))
    found = writing_verbs((module,), verbs)
    assert found == {"charter.made.silent", "charter.made.loud"}
    assert {name for name in found if not reaches(verbs, name, RECORDS)} == {"charter.made.silent"}
    assert without_before(module) == {"x"}
    assert shows_answers(verbs["charter.made.peeping"])
    assert not reaches(verbs, "charter.made.peeping", SIGHT)
