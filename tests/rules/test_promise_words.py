"""What is told of a promise and of a charter, word for word."""

from dataclasses import replace
from datetime import date

import pytest

from charter import charter_words, promise_words
from charter.charters import CharterFound, MilestoneFound
from charter.commitments import CommitmentFound, Owing, Wording
from db.types import CharterState, Continuity, Meaning, Measure, OwedBy, Precision

WORDING = Wording(
    number=1,
    meaning=Meaning.FIRST,
    meaning_said_by="",
    title="Listen",
    summary="The council will listen.",
    owed_by=OwedBy.NAMED_BODIES,
    seen_by_sector=True,
    core=True,
    practice_question="How far did we listen?",
    experience_question="How far did you see it listen?",
    source_document="The framework",
    source_section="Dialogue",
    source_position=2,
    source_note="",
    successor_reading=None,
    reading_note="",
)
FOUND = CommitmentFound(
    ref="ENG-DIA-1",
    theme_ref="engagement",
    theme_title="Engagement",
    scored=True,
    strand_title="Dialogue",
    theme_reading="",
    continuity=Continuity.STANDING,
    done_on=None,
    charter_title="The framework",
    successor_note="",
    wordings=(WORDING,),
    owing=(Owing("The council", date(2021, 1, 1), made_up=False),),
)
COMPACT = CharterFound(
    ref="compact",
    title="The Compact",
    official_title="The Compact",
    state=CharterState.RECORD_ONLY,
    kind="An agreement",
    summary="",
    adopted_by="The partners",
    adopted_on=date(2006, 12, 1),
    adopted_precision=Precision.MONTH,
    adoption_note="No day is known.",
    signed_by="",
    how_it_came_about="",
    not_held="",
    successor_note="",
    follows=None,
)
FRAMEWORK = replace(
    COMPACT,
    ref="fw",
    title="The Framework",
    state=CharterState.ASSESSED,
    adopted_on=date(2021, 1, 1),
    follows="The Compact",
)
NEW = replace(COMPACT, ref="new", title="The New", adopted_on=date(2025, 1, 1), not_held="We do not hold its text.")


def with_wording(**changes: object) -> CommitmentFound:
    return replace(FOUND, wordings=(replace(WORDING, **changes),))  # type: ignore[arg-type]


def test_where_a_promise_stands() -> None:
    assert promise_words.place_words(FOUND) == "ENG-DIA-1 · Engagement · Dialogue · a main promise, asked of everyone"
    assert promise_words.place_words(with_wording(core=False)) == "ENG-DIA-1 · Engagement · Dialogue"


def test_who_owes_it_since_when() -> None:
    assert promise_words.owed_words(FOUND) == ("The council, since 1 January 2021",)
    left = replace(FOUND, owing=(replace(FOUND.owing[0], left_on=date(2026, 3, 1)),))
    assert promise_words.owed_words(left) == (
        "The council, since 1 January 2021, until it left the charter on 1 March 2026",
    )
    everyone = with_wording(owed_by=OwedBy.ALL_PARTNERS)
    assert promise_words.owed_words(everyone) == ("It is owed by all partners: public bodies and groups alike.",)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (FOUND, "It is kept up for good. The other side can see it, so that side is asked too."),
        (
            with_wording(seen_by_sector=False),
            "It is kept up for good. The other side cannot see it, so only those who owe it are asked.",
        ),
        (with_wording(owed_by=OwedBy.ALL_PARTNERS), "It is kept up for good."),
        (
            replace(FOUND, continuity=Continuity.ONE_OFF, done_on=date(2026, 5, 4)),
            "It is done once, and then over (on 4 May 2026). The other side can see it, so that side is asked too.",
        ),
    ],
)
def test_whether_it_is_kept_up_and_seen(found: CommitmentFound, said: str) -> None:
    assert promise_words.kept_words(found) == said


def test_its_source() -> None:
    assert promise_words.source_sentence(WORDING) == "The framework, “Dialogue”, number 2 in its list."
    noted = replace(WORDING, source_position=None, source_note="It stands in a box.")
    assert promise_words.source_sentence(noted) == "The framework, “Dialogue”. It stands in a box."


def test_our_reading_is_told_apart_from_the_source() -> None:
    assert promise_words.readings(FOUND) == ()
    read = replace(
        with_wording(reading_note="We left out the rest."), theme_reading="Equality", successor_note="None held."
    )
    assert promise_words.readings(read) == (
        "It comes closest to the theme Equality.",
        "We left out the rest.",
        "None held.",
    )
    followed = replace(with_wording(successor_reading="NEW-1"), successor_note="None held.")
    assert promise_words.readings(followed) == ("In a later charter, NEW-1 follows it.",)


def test_what_is_asked() -> None:
    both = promise_words.questions(WORDING, all_owe=False)
    assert [measure for measure, _ in both] == [Measure.PRACTICE, Measure.EXPERIENCE]
    assert promise_words.questions(WORDING, all_owe=True) == ((Measure.PRACTICE, "How far did we listen?"),)


def test_earlier_wordings_tell_what_the_next_one_did_to_the_meaning() -> None:
    newer = replace(WORDING, number=2, title="Listen more", meaning=Meaning.CHANGED, meaning_said_by="Ada; Grace")
    assert promise_words.versions(replace(FOUND, wordings=(newer, WORDING))) == (
        "Version 1: “Listen”. The council will listen. Then the meaning changed, as said by Ada; Grace.",
    )
    assert promise_words.versions(FOUND) == ()


def test_the_line_of_charters() -> None:
    assert charter_words.lineage_sentences([COMPACT, FRAMEWORK, NEW]) == (
        "What this review asks about: The Framework.",
        "It stands in a line: The Compact (2006), then The Framework (2021), then The New (2025).",
        "The New: We do not hold its text.",
    )
    assert charter_words.lineage_sentences([COMPACT]) == ()


def test_a_charter_by_itself() -> None:
    assert charter_words.adopted_sentence(COMPACT) == "Adopted in December 2006. By: The partners. No day is known."
    assert charter_words.state_sentence(FRAMEWORK) == (
        "An agreement: its promises are what this review asks about. It follows The Compact."
    )


@pytest.mark.parametrize(
    ("precision", "said"), [(Precision.YEAR, "2009"), (Precision.MONTH, "July 2009"), (Precision.DAY, "20 July 2009")]
)
def test_a_milestone_tells_as_much_of_its_date_as_is_known(precision: Precision, said: str) -> None:
    step = MilestoneFound("compact", date(2009, 7, 20), precision, "Workshop", "Both sides met.", "A report")
    assert charter_words.when_words(step) == said
    table = charter_words.milestone_table([step])
    assert list(table.iloc[0]) == [said, "Workshop. Both sides met. Source: A report."]
    assert list(charter_words.milestone_frame([step])["precision"]) == [precision.value]
