"""The words of the short questions' answers."""

from charter.closing import ClosingAnswer
from charter.words import CONTACTS, ENGAGEMENT_LEVELS, INFLUENCES, QUESTIONS
from db.types import Contact, EngagementLevel, Influence, Question, Side

CLOSING_HEADINGS = {
    Question.INFLUENCE: "Overall",
    Question.CONTACT: "Contact",
    Question.ENGAGEMENT_LEVEL: "Level of engagement",
}
_CLAIMED = "At what level do you work with groups?"


def question_words(question: Question, side: Side) -> str:
    """Give a short question's words. A public body is asked which level it claims, a group which one it meets."""
    if question is Question.ENGAGEMENT_LEVEL and side is Side.PUBLIC:
        return _CLAIMED
    return QUESTIONS[question]


def answer_words(answer: ClosingAnswer) -> str:
    """Give an answer's words, such as "Very positive"; for a level of engagement with its one plain line."""
    match answer:
        case Influence():
            return INFLUENCES[answer]
        case Contact():
            return CONTACTS[answer]
        case EngagementLevel():
            return ENGAGEMENT_LEVELS[answer]
