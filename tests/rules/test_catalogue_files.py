"""The shipped charters hold what their documents say, in short plain sentences of our own."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from charter.catalogue import SHIPPED
from charter.catalogue.fields import first_day, last_day, precision
from charter.catalogue.reading import read_catalogue
from charter.catalogue.schema import CharterFile, CommitmentEntry
from db.types import CharterState, Continuity, OwedBy, Precision, StatementKind
from tests.rules.plain_texts import copied, jargon, reading_age, too_long, words

COMPACT, FRAMEWORK, RESILIENCE = (read_catalogue(path) for path in SHIPPED)
PROMISES = [entry for entry in FRAMEWORK.commitments if entry.owed_by is OwedBy.NAMED_BODIES]
PRINCIPLES = [entry for entry in FRAMEWORK.commitments if entry.owed_by is OwedBy.ALL_PARTNERS]
CORE = {
    "engagement": ["ENG-DIA-1", "ENG-DIA-2", "ENG-DIA-3", "ENG-ORG-3"],
    "empowerment": ["EMP-RES-4", "EMP-SEC-1", "EMP-SEC-2", "EMP-SEC-4"],
    "equality": ["EQU-ACC-2", "EQU-ACC-3", "EQU-COH-3", "EQU-RES-4"],
    "how-we-work-together": ["PACT-2", "PACT-6", "PACT-10"],
}
STRANDS = {
    ("ENG-DIA", "engagement", "dialogue"): 3,
    ("ENG-ORG", "engagement", "organisational-change"): 3,
    ("EMP-RES", "empowerment", "resourcing-social-action"): 4,
    ("EMP-SEC", "empowerment", "sustainable-third-sector"): 5,
    ("EQU-ACC", "equality", "access-to-services"): 3,
    ("EQU-COH", "equality", "integration-and-cohesion"): 4,
    ("EQU-RES", "equality", "resilience"): 4,
    ("EQU-WOR", "equality", "workforce"): 4,
    ("PACT", "how-we-work-together", "pact-principles"): 10,
}


def questions(entry: CommitmentEntry) -> list[str]:
    return [each for each in (entry.practice_question, entry.experience_question) if each is not None]


def test_every_strand_has_its_promises_in_the_order_of_the_source() -> None:
    expected = [
        (f"{code}-{number}", theme, strand, number)
        for (code, theme, strand), count in STRANDS.items()
        for number in range(1, count + 1)
    ]
    assert [(e.ref, e.theme, e.strand, e.position) for e in FRAMEWORK.commitments] == expected
    assert (len(PROMISES), len(PRINCIPLES)) == (29 + 1, 10)


def test_a_promise_stands_in_the_source_where_its_reference_says_but_the_hidden_one() -> None:
    astray = [e.ref for e in FRAMEWORK.commitments if e.source.position != e.position]
    assert astray == ["EMP-SEC-5"]
    hidden = next(e for e in PROMISES if e.ref == "EMP-SEC-5")
    assert (hidden.source.position, hidden.core) == (2, False)
    assert hidden.source.section.endswith("Recent achievements")
    assert hidden.source.note is not None


def test_the_council_owes_the_framework_and_all_partners_owe_the_principles() -> None:
    assert {e.bodies for e in PROMISES} == {("council",)}
    assert {e.bodies for e in PRINCIPLES} == {()}
    assert [(b.key, b.name, b.kind, b.org_id) for b in FRAMEWORK.bodies] == [
        ("council", "Thurrock Council", "council", "GB-LAE-THR")
    ]


def test_the_core_set_is_the_one_agreed() -> None:
    found = {theme: [e.ref for e in FRAMEWORK.commitments if e.core and e.theme == theme] for theme in CORE}
    assert found == CORE


def test_three_themes_are_scored_and_the_principles_stand_beside_them() -> None:
    assert [(t.key, t.scored) for t in FRAMEWORK.themes] == [(key, key != "how-we-work-together") for key in CORE]


def test_what_only_staff_can_see_is_not_asked_of_groups_and_says_why() -> None:
    unseen = [e for e in FRAMEWORK.commitments if not e.seen_by_sector]
    assert [e.ref for e in unseen] == ["ENG-ORG-1", "EQU-WOR-2", "EQU-WOR-3"]
    assert all(e.experience_question is None and e.reading.note for e in unseen)


def test_one_promise_is_done_once_and_says_why() -> None:
    once = [e for e in FRAMEWORK.commitments if e.continuity is Continuity.ONE_OFF]
    assert [e.ref for e in once] == ["EMP-RES-1"]
    assert once[0].reading.note is not None


def test_each_principle_has_our_reading_of_its_theme_and_no_successor() -> None:
    assert Counter(e.reading.theme_reading for e in PRINCIPLES) == {"engagement": 4, "empowerment": 3, "equality": 3}
    assert all(e.reading.successor is None for e in FRAMEWORK.commitments)
    assert "2025" in (FRAMEWORK.charter.successor_note or "")


def test_statements_are_four_and_four_and_sixteen() -> None:
    kinds = Counter(s.kind for s in FRAMEWORK.statements)
    assert kinds == {
        StatementKind.EQUALITY_COMMITMENT: 4,
        StatementKind.EQUALITY_OUTCOME: 4,
        StatementKind.ACHIEVEMENT: 16,
    }
    achievements = [s for s in FRAMEWORK.statements if s.kind is StatementKind.ACHIEVEMENT]
    assert [s.position for s in achievements] == list(range(1, 17))
    assert list(Counter(s.strand for s in achievements).values()) == [3, 3, 5, 5]


def test_the_levels_are_the_one_scale() -> None:
    assert [(level.value, level.label) for level in FRAMEWORK.levels] == [
        (0, "not at all"),
        (1, "a little"),
        (2, "partly"),
        (3, "mostly"),
        (4, "fully"),
    ]


def test_the_lineage_runs_from_the_compact_to_the_2025_charter() -> None:
    charters = [file.charter for file in (COMPACT, FRAMEWORK, RESILIENCE)]
    assert [(c.key, c.parent) for c in charters] == [
        ("compact-2006", None),
        ("framework-2021", "compact-2006"),
        ("resilience-charter-2025", "framework-2021"),
    ]
    record, assessed = CharterState.RECORD_ONLY, CharterState.ASSESSED
    assert [c.state for c in charters] == [record, assessed, record]
    assert FRAMEWORK.charter.title == "Framework 2021 and Pact principles"
    assert "do not hold" in (RESILIENCE.charter.not_held or "")


def test_the_compact_is_counted_and_its_details_add_up() -> None:
    contents = {content.what: content for content in COMPACT.charter.contents}
    assert [content.count for content in contents.values()] == [18, 10, 41, 4, 5, 31]
    for what in ("undertakings", "principles of six codes of practice", "actions"):
        assert sum(int(number) for number in re.findall(r"\d+", contents[what].detail)) == contents[what].count


def test_milestones_are_dated_as_exactly_as_the_sources_say() -> None:
    found = [(m.when, precision(m.when)) for file in (COMPACT, FRAMEWORK, RESILIENCE) for m in file.milestones]
    year, month, day = Precision.YEAR, Precision.MONTH, Precision.DAY
    assert found == [
        ("1998", year),
        ("1998", year),
        ("2004-03", month),
        ("2006-12", month),
        ("2009", year),
        ("2009-07-20", day),
        ("2019-10", month),
        ("2024-11", month),
        ("2025-03", month),
        ("2025", year),
    ]
    assert [first_day(when) for when in ("1998", "2004-03", "2009-07-20")] == [
        date(1998, 1, 1),
        date(2004, 3, 1),
        date(2009, 7, 20),
    ]
    assert [last_day(when) for when in ("1998", "2004-02", "2009-07-20")] == [
        date(1998, 12, 31),
        date(2004, 2, 29),
        date(2009, 7, 20),
    ]


@pytest.mark.parametrize("entry", FRAMEWORK.commitments, ids=lambda entry: entry.ref)
def test_both_sides_are_asked_the_same_thing_in_the_agreed_words(entry: CommitmentEntry) -> None:
    assert re.fullmatch(r"How far did we [^?]+ in the last 12 months\?", entry.practice_question)
    assert len(entry.title) <= 60
    assert all(len(question) <= (140 if entry.core else 200) for question in questions(entry))
    if entry.experience_question is not None:
        ours = entry.practice_question.removeprefix("How far did we ")
        theirs = entry.experience_question.removeprefix("How far did you see the council ")
        spoken_of = {"it": "we", "its": "our", "does": "do", "knows": "know"}
        assert words(ours) == [spoken_of.get(word, word) for word in words(theirs)]


def _read_by_people() -> Iterator[tuple[str, str]]:
    for entry in FRAMEWORK.commitments:
        for text in (entry.title, entry.summary, *questions(entry)):
            yield entry.ref, text
    for level in FRAMEWORK.levels:
        yield level.label, level.description
    for file in (COMPACT, FRAMEWORK, RESILIENCE):
        yield from ((file.charter.key, text) for text in (file.charter.summary, file.charter.how_it_came_about))
        yield from ((m.title, m.sentence) for m in file.milestones)
    yield from ((s.source.section, s.text) for s in FRAMEWORK.statements)


def test_no_text_for_people_holds_jargon_or_a_long_sentence() -> None:
    texts = list(_read_by_people())
    assert len(texts) > 150
    assert (too_long(texts), jargon(texts)) == ([], [])


def test_the_summaries_can_be_read_at_the_age_of_eleven() -> None:
    assert reading_age(" ".join(entry.summary for entry in FRAMEWORK.commitments)) <= 11


def test_no_sentence_is_copied_from_a_source() -> None:
    assert copied(SHIPPED, names=[("charter", "official_title")]) == []


@pytest.mark.parametrize("file", [COMPACT, FRAMEWORK, RESILIENCE], ids=lambda file: file.charter.key)
def test_every_document_is_cited_and_every_entry_cites_one(file: CharterFile) -> None:
    cited = {entry.source.document for entry in file.commitments}
    cited |= {entry.source.document for entry in file.statements}
    cited |= {entry.source.document for entry in file.milestones}
    assert cited == {document.key for document in file.documents}
