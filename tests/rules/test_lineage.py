"""What the Compact of 2006 held, part by part, each in plain words of our own with its source and our reading."""

import re
from collections import Counter

import pytest

from charter.catalogue import ASSESSED, LINEAGE, SHIPPED
from charter.catalogue.lineage import Part, PartKind, shipped_lineage
from charter.catalogue.reading import read_catalogue
from db.types import EngagementLevel, OwedBy
from tests.rules.plain_texts import copied, jargon, reading_age, too_long

FILE = shipped_lineage()
COMPACT, FRAMEWORK = read_catalogue(SHIPPED[0]), read_catalogue(ASSESSED)
SECTIONS = {
    "undertakings-all": "Section 2, Undertakings: all partners",
    "undertakings-public": "Section 2, Undertakings: public bodies",
    "undertakings-groups": "Section 2, Undertakings: Thurrock CVS and groups",
    "values": "Section 2, Values",
    "code-consultation": "Section 4.1, Key principles",
    "code-partnership": "Section 4.2, Key principles",
    "code-resourcing": "Section 4.3, Key principles",
    "code-equalities": "Section 4.4, Key principles",
    "code-volunteering": "Section 4.5, Key principles",
    "code-community-groups": "Section 4.6, Key principles",
    "volunteering": "Section 4.5, Four principles of volunteering",
    "engagement-levels": "Section 4.1, Table of five levels",
}
WITHOUT_SUCCESSOR = [
    *("CMP-ALL-4", "CMP-ALL-7", "CMP-ALL-8", "CMP-GRP-2", "CMP-GRP-5", "CMP-CON-2", "CMP-CON-6", "CMP-PAR-4"),
    *("CMP-EQU-4", "CMP-VOL-5", "CMP-COM-5", "CMP-FREE-1"),
    *(f"CMP-LEV-{number}" for number in range(1, 6)),
]


def test_the_compact_has_as_many_parts_of_each_kind_as_the_document() -> None:
    assert {kind: len(FILE.parts_of(kind)) for kind in PartKind} == {
        PartKind.UNDERTAKING: 18,
        PartKind.VALUE: 10,
        PartKind.CODE_PRINCIPLE: 41,
        PartKind.VOLUNTEERING_PRINCIPLE: 4,
        PartKind.ENGAGEMENT_LEVEL: 5,
    }
    assert len(FILE.parts) == 78


def test_the_undertakings_are_those_of_all_of_public_bodies_and_of_groups() -> None:
    undertakings = [each for each in FILE.lists if each.kind is PartKind.UNDERTAKING]
    assert [(each.owed_by, each.count) for each in undertakings] == [
        (OwedBy.ALL_PARTNERS, 8),
        (OwedBy.ALL_PUBLIC_BODIES, 5),
        (OwedBy.VCFSE, 5),
    ]


def test_the_six_codes_have_their_principles() -> None:
    codes = [each for each in FILE.lists if each.kind is PartKind.CODE_PRINCIPLE]
    assert [each.count for each in codes] == [6, 6, 7, 10, 6, 6]


def test_the_counts_are_those_that_the_record_of_the_compact_states() -> None:
    stated = {content.what: content.count for content in COMPACT.charter.contents}
    found = Counter(each.kind for each in FILE.lists for _ in range(each.count))
    assert found[PartKind.UNDERTAKING] == stated["undertakings"]
    assert found[PartKind.VALUE] == stated["values"]
    assert found[PartKind.CODE_PRINCIPLE] == stated["principles of six codes of practice"]
    assert found[PartKind.VOLUNTEERING_PRINCIPLE] == stated["principles of volunteering"]
    assert found[PartKind.ENGAGEMENT_LEVEL] == stated["levels of engagement"]


def test_the_five_levels_are_those_that_the_form_asks_about_from_low_to_high() -> None:
    assert [part.level for part in FILE.parts_of(PartKind.ENGAGEMENT_LEVEL)] == list(EngagementLevel)


def test_every_part_says_where_it_stands_in_the_document() -> None:
    assert {each.key for each in FILE.lists} == set(SECTIONS)
    found = [(part.source.section, part.source.position) for part in FILE.parts]
    assert found == [(SECTIONS[part.part_of], part.position) for part in FILE.parts]
    assert {part.source.document for part in FILE.parts} == {document.key for document in FILE.documents}


def test_every_part_has_a_successor_or_says_why_none() -> None:
    without = [part for part in FILE.parts if not part.reading.successors]
    assert [part.ref for part in without] == WITHOUT_SUCCESSOR
    assert all(part.reading.note for part in without)
    assert all(re.search(r"[Nn]o later|No principle|not a promise", part.reading.note or "") for part in without)


def test_themes_and_successors_are_our_reading_into_the_charter_that_followed() -> None:
    assert (FILE.lineage.charter, FILE.lineage.read_into) == (COMPACT.charter.key, FRAMEWORK.charter.key)
    assert FRAMEWORK.charter.parent == COMPACT.charter.key
    assert "our reading" in FILE.lineage.note
    assert {part.reading.theme for part in FILE.parts} == {theme.key for theme in FRAMEWORK.themes if theme.scored}
    named = {ref for part in FILE.parts for ref in part.reading.successors}
    assert named <= {entry.ref for entry in FRAMEWORK.commitments}
    assert len(named) > 20


@pytest.mark.parametrize("part", FILE.parts, ids=lambda part: part.ref)
def test_a_part_is_told_in_plain_words(part: Part) -> None:
    texts = [(part.ref, text) for text in (part.title, part.summary, part.reading.note or "")]
    assert (too_long(texts), jargon(texts)) == ([], [])
    assert part.summary.endswith(".")
    assert not part.title.endswith(".")


def test_no_two_parts_are_told_in_the_same_words() -> None:
    assert len({part.title for part in FILE.parts}) == len({part.summary for part in FILE.parts}) == 78


def test_the_parts_can_be_read_at_the_age_of_eleven() -> None:
    assert reading_age(" ".join(part.summary for part in FILE.parts)) <= 11


def test_no_part_is_copied_from_its_source() -> None:
    assert copied([LINEAGE]) == []
