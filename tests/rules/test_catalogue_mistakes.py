"""A mistaken charter file is refused whole, and every mistake in it is reported with its file, place and reason."""

import pytest

from charter.catalogue import SHIPPED
from charter.catalogue.reading import CatalogueError, parse_catalogue
from tests.rules.charter_texts import mistakes_in

FRAMEWORK = SHIPPED[1].read_text(encoding="utf-8")


def test_line_ends_and_the_mark_of_some_editors_change_nothing() -> None:
    changed = b"\xef\xbb\xbf" + FRAMEWORK.replace("\n", "\r\n").encode()
    assert parse_catalogue(changed, name="f") == parse_catalogue(FRAMEWORK.encode(), name="f")
    lost = changed.replace(b"core = true", b"core = 1", 1)
    assert [each.place for each in mistakes_in(lost)] == ["commitments → ENG-DIA-1 → core (line 156)"]


def test_lines_are_counted_past_a_text_of_several_lines() -> None:
    text = FRAMEWORK.replace('title = "Framework', 'title = """\nstate = 1\n[[levels]]\nFramework', 1)
    text = text.replace('Pact principles"\n', 'Pact principles"""\n', 1).replace('state = "assessed"', "state = 1", 1)
    assert [each.place for each in mistakes_in(text)] == ["charter → title (line 6)", "charter → state (line 11)"]


def test_all_mistakes_are_reported_together_in_words() -> None:
    text = FRAMEWORK.replace('ref = "ENG-DIA-2"', 'ref = "ENG-DIA-1"', 1).replace("core = true", 'core = "yes"', 1)
    text = text.replace('theme = "engagement"\nstrand = "organisational-change"', 'theme = "x"\nstrand = "dialogue"', 1)
    with pytest.raises(CatalogueError) as caught:
        parse_catalogue(text.encode(), name="ours.toml")
    assert [(each.place.split(" (")[0], each.reason) for each in caught.value.mistakes] == [
        ("commitments → ENG-DIA-1 → core", "must be true or false, without quotation marks"),
        ("commitments → ENG-DIA-1 → ref", "is used twice; each needs its own"),
        ("commitments → ENG-ORG-1 → theme", "names one that is not among the themes of this file"),
        ("commitments → ENG-ORG-1 → strand", "belongs to another theme than the one given here"),
        ("commitments → ENG-ORG-1 → position", "is used twice; each needs its own"),
    ]
    assert str(caught.value).startswith("ours.toml: commitments → ENG-DIA-1 → core (line 1")
    assert str(caught.value).endswith("(and 4 more)")


ONE_CHANGE = [
    # What is written, what it becomes, where that is reported, and with what words.
    ('ref = "PACT-2"', 'ref = "PACT-1"', "PACT-1 → ref", "used twice"),
    ('ref = "PACT-2"', 'ref = "pact 2"', "pact 2 → ref", "not a reference"),
    ('key = "council"', 'key = "Council"', "bodies → Council → key", "small letters"),
    ('key = "workforce"', 'key = "staff"', "EQU-WOR-1 → strand", "not among the strands"),
    ('bodies = ["council"]', "bodies = []", "ENG-DIA-1 → bodies", "at least one body"),
    ('bodies = ["council"]', 'bodies = ["nhs"]', "ENG-DIA-1 → bodies", "names nhs"),
    ('bodies = ["council"]', 'bodies = ["council", "council"]', "ENG-DIA-1 → bodies", "twice"),
    ('bodies = ["council"]', 'bodies = "council"', "ENG-DIA-1 → bodies", "list"),
    ("bodies = []", 'bodies = ["council"]', "PACT-1 → bodies", "left empty"),
    ('kind = "council"', 'kind = "board"', "ENG-DIA-1 → bodies", "not a public body"),
    ('kind = "council"', 'kind = "parish"', "bodies → council → kind", 'must be one of: "council"'),
    ('org_id = "GB-LAE-THR"', 'org_id = "THR"', "bodies → council → org_id", "GB-LAE-THR"),
    ("seen_by_sector = true", "seen_by_sector = false", "ENG-DIA-1 → core", "does not see"),
    ("seen_by_sector = false", "seen_by_sector = true", "ENG-ORG-1 → experience_question", "is missing"),
    ("core = true", "core = true\nextra = 1", "ENG-DIA-1 → extra", "not known here"),
    ('continuity = "standing"', 'continuity = "one_off"', "ENG-DIA-1 → core", "done once"),
    ('owed_by = "all_partners"', 'owed_by = "vcfse"', "PACT-1 → experience_question", "is missing"),
    ('owed_by = "named_bodies"', 'owed_by = "all_partners"', "ENG-DIA-1 → experience_question", "may not be here"),
    ("How far did we ask", f"How far did we {'really ' * 12}ask", "ENG-DIA-1 → practice_question", "140"),
    ("How far did we carry", f"How far did we {'really ' * 20}carry", "ENG-ORG-1 → practice_question", "200"),
    ("had set aside", f"had {'really ' * 40}set aside", "statements → number 19 → text", "300"),
    ('title = "Work on trust"', 'title = ""', "PACT-2 → title", "is empty"),
    ('title = "Work on trust"', 'title = " Work on trust"', "PACT-2 → title", "begins or ends with a blank"),
    ('title = "Work on trust"', 'title = "Work\\non trust"', "PACT-2 → title", "line break"),
    ('title = "Work on trust"', 'title = "Work \\u202Eon trust"', "PACT-2 → title", "cannot be seen"),
    ('title = "Work on trust"', 'title = "Work \\u0000 trust"', "PACT-2 → title", "cannot be seen"),
    ("on trust, in the last 12 months?", "on trust", "PACT-2 → practice_question", 'end with "?"'),
    ("version = 1", "version = 2", "ENG-DIA-1 → meaning", '"same" or "changed"'),
    ("version = 1", "version = 0", "ENG-DIA-1 → version", "too small"),
    ('meaning = "first"', 'meaning = "same"', "ENG-DIA-1 → meaning", 'must be "first"'),
    ("version = 1", 'version = 1\nmeaning_said_by = ["A", "B"]', "ENG-DIA-1 → meaning_said_by", "first version"),
    ('version = 1\nmeaning = "first"', 'version = 2\nmeaning = "same"', "→ meaning_said_by", "two different people"),
    (
        'version = 1\nmeaning = "first"',
        'version = 2\nmeaning = "changed"\nmeaning_said_by = ["Ann", "ANN"]',
        "ENG-DIA-1 → meaning_said_by",
        "two different people",
    ),
    ('document = "framework"', 'document = "other"', "ENG-DIA-1 → source → document", "not among the documents"),
    ('section = "Annex 1"\nposition = 1', 'section = "Annex 1"', "PACT-1 → source → position", "counted from 1"),
    ('theme_reading = "engagement"', 'theme_reading = "x"', "PACT-1 → reading → theme_reading", "not among the themes"),
    ('theme_reading = "engagement"', 'theme_reading = "how-we-work-together"', "theme_reading", "scored themes"),
    ("[commitments.reading]", '[commitments.reading]\ntheme_reading = "equality"', "theme_reading", "already"),
    ("value = 3", "value = 5", "levels → number 4 → value", "too large"),
    ("value = 3", "value = 2", "levels", "0, 1, 2, 3 and 4"),
    ("value = 3", "value = 3.0", "levels → number 4 → value", "whole number"),
    ('state = "assessed"', 'state = "record_only"', "commitments", "kept as a record"),
    ('state = "assessed"', 'state = "assessed"\nnot_held = "No."', "charter → not_held", "may not be here"),
    ('parent = "compact-2006"', 'parent = "framework-2021"', "charter → parent", "itself"),
    ("years_to = 2025", "years_to = 2020", "charter → years_to", "before the first year"),
    ('adopted = "2021"', 'adopted = "2021-13"', "charter → adopted", "is not a date"),
    ('adopted = "2021"', 'adopted = "2021-02-30"', "charter → adopted", "is not a date"),
    ('adopted = "2021"', "adopted = 2021", "charter → adopted", "quotation marks"),
    ('adopted_by = ["Thurrock Council"]', "adopted_by = []", "charter → adopted_by", "at least one"),
    ('kind = "achievement"', 'kind = "content"', "statements → number 9 → kind", "charter.contents"),
    ("[[levels]]", "[[level]]", "level", "not known here"),
]


@pytest.mark.parametrize(("written", "becomes", "place", "reason"), ONE_CHANGE)
def test_one_mistake_is_reported_where_it_is_in_plain_words(
    written: str, becomes: str, place: str, reason: str
) -> None:
    assert written in FRAMEWORK
    found = mistakes_in(FRAMEWORK.replace(written, becomes, 1))
    assert [each for each in found if place in each.place and reason in each.reason]


@pytest.mark.parametrize("meaning", ["same", "changed"])
def test_a_later_version_is_said_by_two_people(meaning: str) -> None:
    later = f'version = 2\nmeaning = "{meaning}"\nmeaning_said_by = ["Ann", "Ben"]'
    text = FRAMEWORK.replace('version = 1\nmeaning = "first"', later, 1)
    read = parse_catalogue(text.encode(), name="f").commitments[0]
    assert (read.version, read.meaning, read.meaning_said_by) == (2, meaning, ("Ann", "Ben"))
