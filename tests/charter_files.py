"""Charter files for tests: the shipped framework changed in one place, and another borough's charter of its own."""

import re

from charter.catalogue import SHIPPED
from charter.catalogue.reading import parse_catalogue, read_catalogue
from charter.catalogue.schema import CharterFile

COMPACT, FRAMEWORK, RESILIENCE = SHIPPED
FRAMEWORK_TEXT = FRAMEWORK.read_text(encoding="utf-8")
NAME = "changed.toml"

_START = """
[charter]
key = "elmford-2026"
title = "Elmford together"
official_title = "Elmford together: a charter of the borough"
state = "assessed"
kind = "A charter between a council and its groups"
adopted = "2026-02-03"
adopted_by = ["Elmford Council"]
summary = "What the council and its groups promise each other."
how_it_came_about = "Both sides wrote it in a year."

[[documents]]
key = "charter"
title = "Elmford together"
dated = "2026-02-03"

[[bodies]]
key = "council"
name = "Elmford Council"
kind = "council"

[[themes]]
key = "voice"
title = "Voice"
position = 1
scored = true
summary = "Being heard."

[[themes]]
key = "money"
title = "Money"
position = 2
scored = true
summary = "Being paid in time."

[[strands]]
key = "asking"
theme = "voice"
title = "Asking"
position = 1

[[strands]]
key = "grants"
theme = "money"
title = "Grants"
position = 1
"""
_LEVEL = """
[[levels]]
value = {0}
label = "{1}"
description = "It happened {1}."
"""
_COMMITMENT = """
[[commitments]]
ref = "{ref}"
theme = "{theme}"
strand = "{strand}"
position = {position}
title = "A promise"
summary = "We keep our word."
owed_by = "{owed_by}"
bodies = {bodies}
seen_by_sector = {seen}
continuity = "{continuity}"
core = {core}
practice_question = "How far did you do this?"
{experience}version = 1
meaning = "first"

[commitments.source]
document = "charter"
section = "Promises"
position = {position}
"""
_LEVELS = ("not at all", "a little", "partly", "mostly", "fully")


def framework(*changes: tuple[str, str]) -> CharterFile:
    """Give the shipped framework with some texts changed, each of which stands in it once."""
    text = FRAMEWORK_TEXT
    for old, new in changes:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    return parse_catalogue(text.encode(), name=NAME)


def promise(ref: str) -> str:
    """Give the lines of one commitment of the shipped framework."""
    start = FRAMEWORK_TEXT.index(f'[[commitments]]\nref = "{ref}"')
    following = FRAMEWORK_TEXT.find("[[", start + 2)
    return FRAMEWORK_TEXT[start : following if following > 0 else None]


def later_version(number: int, meaning: str, *, title: str = "Said in other words") -> tuple[str, str]:
    """Give the change to the framework that makes ENG-DIA-1 a later version, as two people said."""
    first = promise("ENG-DIA-1")
    found = re.sub(r'title = ".*"', f'title = "{title}"', first, count=1)
    said = f'version = {number}\nmeaning = "{meaning}"\nmeaning_said_by = ["A. Person", "B. Person"]'
    return first, found.replace('version = 1\nmeaning = "first"', said)


def shipped() -> list[CharterFile]:
    """Give the shipped charters in the order in which they are loaded."""
    return [read_catalogue(path) for path in SHIPPED]


def commitment(
    ref: str,
    *,
    position: int,
    theme: str = "voice",
    strand: str = "asking",
    owed_by: str = "named_bodies",
    seen: bool = True,
    core: bool = True,
    continuity: str = "standing",
) -> str:
    """Write a commitment of the other borough's charter."""
    asked = seen and owed_by != "all_partners"
    return _COMMITMENT.format(
        ref=ref,
        theme=theme,
        strand=strand,
        position=position,
        owed_by=owed_by,
        bodies='["council"]' if owed_by == "named_bodies" else "[]",
        seen=str(seen).lower(),
        core=str(core).lower(),
        continuity=continuity,
        experience='experience_question = "How far did you see this?"\n' if asked else "",
    )


def borough(*commitments: str) -> CharterFile:
    """Give another borough's charter, with themes and strands of its own."""
    levels = "".join(_LEVEL.format(value, label) for value, label in enumerate(_LEVELS))
    text = _START + levels + "".join(commitments or (commitment("ELM-1", position=1),))
    return parse_catalogue(text.encode(), name="elmford.toml")
