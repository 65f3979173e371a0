"""Who answered, what each public body answered by name, and the questions after the core."""

import re
from collections.abc import Iterator

from charter import heard
from charter.published.order import responses_in_order
from charter.reports.columns import Column, Kind, Missing, Outline, Row, or_missing
from charter.reports.contents import Contents
from charter.reports.rows.figure_columns import FEW, GROUPS, SURVEY, WHY, group_cells, missing, why_cells
from charter.words import CONTACTS, ENGAGEMENT_LEVELS, INFLUENCES, LEVELS, MEASURES, NO_LEVELS, QUESTIONS
from db.types import Breakdown, Contact, Influence, Question, Side

_DIGITS = re.compile(r"\d+")
_OPTIONS = {
    Question.INFLUENCE: {str(code): words for code, words in INFLUENCES.items()},
    Question.CONTACT: {str(code): words for code, words in CONTACTS.items()},
    Question.ENGAGEMENT_LEVEL: {str(code): words for code, words in ENGAGEMENT_LEVELS.items()},
}
_SUMMED_UP = f"{INFLUENCES[Influence.VERY_POSITIVE]} or {INFLUENCES[Influence.POSITIVE].lower()}"
_EVERYBODY = "Whatever contact they have"


def _response_rows(contents: Contents) -> Iterator[Row]:
    # Wards with few groups are put together, as on the page: else a row would tell whether one group answered.
    who = heard.wards_together(contents.who, threshold=contents.release.threshold)
    for part in (Breakdown.WHOLE, Breakdown.KIND, Breakdown.INCOME, Breakdown.WARD):
        for each in responses_in_order(who, part):
            if each.side is Side.VCFSE:
                yield {
                    **group_cells(part, each.group),
                    "invited": each.invited,
                    "submitted": each.submitted,
                    "percent": each.percent,
                    "known": or_missing(each.known),
                }


def _body_rows(contents: Contents) -> Iterator[Row]:
    for body in contents.who.bodies:
        level = body.engagement_level
        yield {
            "name": body.name,
            "answered": body.answered,
            "engagement_level": Missing.NO_DATA if level is None else level.value,
        }


def _answer_rows(contents: Contents) -> Iterator[Row]:
    titles = {promise.ref: promise.title for promise in contents.figures.promises}
    for answer in contents.answers:
        no_level = answer.no_level.value if answer.no_level is not None else None
        nothing = answer.level is None and no_level is None
        yield {
            "ref": answer.ref,
            "title": titles.get(answer.ref, answer.ref),
            "name": answer.name,
            "measure": answer.measure.value,
            "level": or_missing(answer.level, Missing.NO_DATA if nothing else Missing.DOES_NOT_APPLY),
            "answer": Missing.NO_DATA if answer.level is None else LEVELS[answer.level],
            "no_level": or_missing(no_level),
        }


def _share_rows(contents: Contents) -> Iterator[Row]:
    for share in contents.shares:
        gone = missing(share.withheld)
        yield {
            "question": share.question.value,
            "contact": share.contact or "all",
            "option": share.option,
            "option_name": _SUMMED_UP if share.sums_up else _OPTIONS[share.question][share.option],
            "answered": or_missing(share.answered, gone),
            "percent": gone if share.percent is None else _number(share.percent),
            "percent_words": or_missing(share.percent, gone),
            "low": or_missing(share.low, gone),
            "high": or_missing(share.high, gone),
            "few_answers": share.few,
            **why_cells(share.withheld),
        }


def _number(percent: str) -> int:
    """Give the number in a share's words: 14 of "14%", and 1 of "under 1%"."""
    return int(_DIGITS.findall(percent)[0])


RESPONSES = Outline(
    "responses",
    "Who answered",
    "How many groups were asked and how many answered: all, and by kind, yearly income and ward. Wards with few "
    "groups are put together, so that nobody can tell whether one group answered.",
    "The list of groups that were asked, as it stood when the review closed",
    ("breakdown", "group"),
    (
        *GROUPS,
        Column("invited", "Asked", "How many groups were asked.", Kind.WHOLE, "groups"),
        Column("submitted", "Answered", "How many groups sent their answers.", Kind.WHOLE, "groups"),
        Column("percent", "Share that answered", "Those that answered of those asked, in whole per cent."),
        Column("known", "Known", "How many groups are known to be there, asked or not.", Kind.WHOLE, "groups"),
    ),
    _response_rows,
)
PUBLIC_BODIES = Outline(
    "public-bodies",
    "Public bodies that were asked",
    "Each public body by name, whether its answers are in the figures, and how it says that it works with groups.",
    SURVEY,
    ("name",),
    (
        Column("name", "Public body", "Its name."),
        Column("answered", "Answered", "Yes where its answers were sent and accepted in time.", Kind.YES_NO),
        Column("engagement_level", "How it works with groups", "The level that it claims.", words=ENGAGEMENT_LEVELS),
    ),
    _body_rows,
)
BODY_ANSWERS = Outline(
    "public-body-answers",
    "What each public body answered",
    "Each public body’s answer to each promise, by name and as it gave it.",
    SURVEY,
    ("ref", "name"),
    (
        Column("ref", "Reference", "The promise’s reference."),
        Column("title", "Promise", "What the promise is called in this review."),
        Column("name", "Public body", "Its name."),
        Column("measure", "What it rated", "What was rated: its own practice, or its experience.", words=MEASURES),
        Column("level", "Level", "From 0 (not at all) to 4 (fully).", Kind.WHOLE),
        Column("answer", "Answer", "The level in words."),
        Column("no_level", "In place of a level", "What it said in place of a level.", words=NO_LEVELS),
    ),
    _answer_rows,
)
SHARES = Outline(
    "shares",
    "The questions after the promises",
    "The share of groups that chose each answer: how public bodies influence their success, by how much contact there "
    "is; how much contact there is; and at what level public bodies work with them.",
    SURVEY,
    ("question", "contact", "option"),
    (
        Column("question", "Question", "Which question was asked.", words=QUESTIONS),
        Column(
            "contact",
            "Contact",
            "Groups with this much contact alone, or all.",
            words={"all": _EVERYBODY, **{Contact(code).value: words for code, words in CONTACTS.items()}},
        ),
        Column("option", "Code of the answer", "The code of the answer.", on_sheet=False),
        Column("option_name", "Answer", "The answer in words."),
        Column("answered", "Groups that answered", "How many groups chose an answer.", Kind.WHOLE, "groups"),
        Column("percent", "Share", "The share that chose this one.", Kind.WHOLE, "per cent"),
        Column("percent_words", "Share in words", "The same in words, as “under 1%” is not 1%."),
        Column(
            "low",
            "Likely from",
            "The lower end of the range that chance leaves (95%).",
            Kind.WHOLE,
            "per cent",
            note="The overall question",
        ),
        Column(
            "high",
            "Likely to",
            "The upper end of the range that chance leaves (95%).",
            Kind.WHOLE,
            "per cent",
            note="The overall question",
        ),
        FEW,
        *WHY,
    ),
    _share_rows,
)
