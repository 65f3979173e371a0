"""The promises that a review asked about, what public bodies said that they will do, and the words of a release."""

from collections.abc import Iterator

from charter.promising_words import due_words
from charter.reports.columns import Column, Kind, Missing, Outline, Row, or_missing
from charter.reports.contents import Contents
from charter.reports.rows.figure_columns import MARK
from charter.words import ACTION_STATUSES, OWED_BY, TEXT_KINDS
from db.types import Precision

_ASKED_OF = "The charter’s own text, in plain words, as this review asked about it"
_OWN_WORDS = "The public bodies’ own words"
_COORDINATOR = "The coordinator of the review"
PRECISIONS = {Precision.DAY: "That day", Precision.MONTH: "That month", Precision.YEAR: "That year"}


def _asked_rows(contents: Contents) -> Iterator[Row]:
    for promise in contents.figures.promises:
        asked = promise.asked
        yield {
            "ref": promise.ref,
            "title": promise.title,
            "theme": asked.theme_ref,
            "theme_title": asked.theme_title,
            "strand": asked.strand_title,
            "version": asked.number,
            "owed_by": asked.owed_by.value,
            "core": asked.core,
            "in_theme_score": asked.scored,
            "seen_by_groups": asked.seen_by_sector,
            "practice_question": asked.practice_question,
            "experience_question": or_missing(asked.experience_question),
        }


def _promised_rows(contents: Contents) -> Iterator[Row]:
    for promise in contents.promises:
        nothing = not promise.action
        yield {
            "review_title": promise.period_title,
            "own_review": promise.own,
            "organisation": promise.organisation,
            "theme": promise.theme_ref,
            "theme_title": promise.theme_title,
            "ref": promise.ref,
            "title": promise.title,
            "score": or_missing(promise.score, Missing.HIDDEN),
            "mark": Missing.HIDDEN.value if promise.score is None else Missing.DOES_NOT_APPLY,
            "we_will": promise.we_will,
            "action": or_missing(promise.action),
            "due_on": or_missing(promise.due_on),
            "due_precision": or_missing(promise.due_precision.value if promise.due_precision else None),
            "due": Missing.DOES_NOT_APPLY if nothing else due_words(promise.due_on, promise.due_precision),
            "status": or_missing(promise.status.value if promise.status else None),
            "no_action_reason": or_missing(promise.no_action_reason),
        }


def _text_rows(contents: Contents) -> Iterator[Row]:
    for text in contents.who.texts:
        yield {"kind": text.kind.value, "who": text.organisation or _COORDINATOR, "words": text.words}


PROMISES = Outline(
    "promises",
    "The promises",
    "Every promise that the review asked about, who owes it, and the questions as they were asked.",
    _ASKED_OF,
    ("ref",),
    (
        Column("ref", "Reference", "The promise’s reference, which stays the same from review to review."),
        Column("title", "Promise", "What the promise is called."),
        Column("theme", "Code of the theme", "The theme’s code.", on_sheet=False),
        Column("theme_title", "Theme", "The theme that it belongs to."),
        Column("strand", "Part of the theme", "The part of the theme that it belongs to."),
        Column("version", "Wording", "The number of its wording.", Kind.WHOLE),
        Column("owed_by", "Owed by", "Who owes it.", words=OWED_BY),
        Column("core", "Main promise", "Yes where everybody was asked about it.", Kind.YES_NO),
        Column("in_theme_score", "Of a scored theme", "Yes where its theme has a score.", Kind.YES_NO),
        Column("seen_by_groups", "Seen by groups", "Yes where groups can see whether it is kept.", Kind.YES_NO),
        Column("practice_question", "Question on practice", "What those who owe it were asked."),
        Column("experience_question", "Question on experience", "What the other side was asked."),
    ),
    _asked_rows,
)
YOU_SAID = Outline(
    "you-said-we-will",
    "You said, we will",
    "What each public body said that it will do about the main promise that groups scored lowest in each theme: in "
    "this review, and in the one before with what became of it.",
    _OWN_WORDS,
    ("review_title", "organisation", "theme"),
    (
        Column("review_title", "Review", "The review after which it was said."),
        Column("own_review", "This review", "Yes where it was said after this review.", Kind.YES_NO),
        Column("organisation", "Public body", "Its name."),
        Column("theme", "Code of the theme", "The theme’s code.", on_sheet=False),
        Column("theme_title", "Theme", "The theme."),
        Column("ref", "Reference", "The reference of the promise that it answers."),
        Column("title", "You said", "The promise that it answers."),
        Column("score", "Score", "What groups gave that promise in that review.", Kind.WHOLE, "points out of 100"),
        MARK,
        Column("we_will", "We will", "What it said that it will do."),
        Column("action", "Action", "The action behind it."),
        Column("due_on", "Date", "A day in the time that is meant.", Kind.DAY, on_sheet=False),
        Column("due_precision", "What the date means", "Which time is meant.", words=PRECISIONS, on_sheet=False),
        Column("due", "By when", "By when it is to be done, in words."),
        Column("status", "Where it stands", "Where the action stood on the day of publication.", words=ACTION_STATUSES),
        Column("no_action_reason", "Why no action", "Its reason, where there is no action."),
    ),
    _promised_rows,
)
TEXTS = Outline(
    "words",
    "Words published with the figures",
    "What the figures mean, the decisions asked, and what public bodies reply, in the words of those who wrote them.",
    "Those who run the review, and public bodies",
    ("kind", "who"),
    (
        Column("kind", "What it is", "What sort of words these are.", words=TEXT_KINDS),
        Column("who", "Whose words", "Who wrote them."),
        Column("words", "Words", "The words."),
    ),
    _text_rows,
)
