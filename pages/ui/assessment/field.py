"""One field of a form: whose it is, what it asks, and the names under which the session state holds it."""

from dataclasses import dataclass, field
from enum import StrEnum

from db import types


class FieldPart(StrEnum):
    """What a field holds."""

    LEVEL = "level"
    COMMENT = "comment"
    CLOSING = "closing"
    NO_CHANGE = "no_change"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Field:
    """A field of one organisation's form in one period.

    Attributes:
        organisation_id: whose form it is in.
        period_id: the period of the form.
        part: what it holds.
        version_id: the version of the commitment that it answers; 0 for a short question.
        question: the short question that it answers, or None.
        title: what a person knows the question by. Two fields with other titles may still be the same field.
    """

    organisation_id: int
    period_id: int
    part: FieldPart
    version_id: int = 0
    question: types.Question | None = None
    title: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """The widget's name."""
        about = self.question.value if self.question else str(self.version_id)
        return f"assessment_{self.part.value}_{self.organisation_id}_{self.period_id}_{about}"

    @property
    def quote_key(self) -> str:
        """The name of the tick beside a comment."""
        return f"{self.key}_may_be_quoted"

    @property
    def answer(self) -> tuple[int, int, int]:
        """What shares one revision: a level with its comment, or the short answers together."""
        return self.organisation_id, self.period_id, self.version_id
