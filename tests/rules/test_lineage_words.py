"""What the page on the charters tells of the Compact's parts, and of what carries them on."""

from charter import lineage_words
from charter.catalogue.lineage import PartKind, shipped_lineage

FILE, PROMISES = shipped_lineage(), lineage_words.later_promises()


def test_it_says_what_the_compact_held_and_how_much_lives_on() -> None:
    sentence = lineage_words.held_sentence(FILE)
    assert sentence == (
        "Of its 78 parts, 61 live on in a later promise. The themes and the later promises are our reading. "
        "The documents do not say which promise follows which."
    )
    table = lineage_words.kinds_table(FILE)
    assert table["How many"].tolist() == ["18", "10", "41", "4", "5"]
    assert sum(int(each) for each in table["Live on (our reading)"]) == 61


def test_every_part_is_told_in_one_list_with_its_source_theme_and_successors() -> None:
    told = [part for key in lineage_words.list_titles(FILE) for part in lineage_words.parts_told(FILE, key, PROMISES)]
    assert [part.ref for part in told] == [part.ref for part in FILE.parts]
    assert all(part.source.startswith("The Thurrock Compact, Section ") for part in told)
    assert {part.theme for part in told} == {"Engagement", "Empowerment", "Equality"}
    assert all(part.successors or part.note for part in told)
    assert sum(len(part.successors) for part in told) == sum(len(part.reading.successors) for part in FILE.parts)
    first = told[0]
    assert first.successors == (("PACT-2", next(each.title for each in PROMISES if each.ref == "PACT-2")),)


def test_the_later_charter_says_which_of_its_promises_carry_a_part_on() -> None:
    found = lineage_words.taken_up(FILE, PROMISES)
    assert {promise.ref for promise, _ in found} == {ref for part in FILE.parts for ref in part.reading.successors}
    assert [promise for promise, _ in found] == [each for each in PROMISES if each in {one for one, _ in found}]
    assert all(parts for _, parts in found)


def test_every_kind_has_words() -> None:
    assert set(lineage_words.KINDS) == set(PartKind)
