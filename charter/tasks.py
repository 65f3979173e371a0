"""A form as a list of tasks: the main questions by strand, the short ones, and more if there is time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from charter.forms import Form
from charter.questions import AskedVersion, Question
from db import types


class Part(StrEnum):
    """The three parts of a form, in their order."""

    MAIN = "main"
    CLOSING = "closing"
    MORE = "more"


class Progress(StrEnum):
    """How far a task is done."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"


CLOSING_STEP = "last-questions"
START_STEP = "start"
LIST_STEP = "list"
CHECK_STEP = "check"
_TAKEN = frozenset({CLOSING_STEP, START_STEP, LIST_STEP, CHECK_STEP})


@dataclass(frozen=True)
class Task:
    """One page of a form.

    Attributes:
        step: what stands for it in the address, such as `dialogue`.
        title: its name; empty for the short questions, whose name is the screen's matter.
        part: which part of the form it belongs to.
        questions: the commitments that it asks about; none for the short questions.
        closing: the short questions that it asks.
        answered: how many of its questions have an answer.
    """

    step: str
    title: str
    part: Part
    questions: tuple[Question, ...]
    closing: tuple[types.Question, ...]
    answered: int

    @property
    def asked(self) -> int:
        """How many questions it asks."""
        return len(self.questions) + len(self.closing)

    @property
    def progress(self) -> Progress:
        """How far it is done."""
        if self.answered == 0:
            return Progress.NOT_STARTED
        return Progress.DONE if self.answered == self.asked else Progress.IN_PROGRESS


def tasks_of(form: Form) -> tuple[Task, ...]:
    """Lay a form out as tasks, in the order in which they are asked."""
    main = _by_strand(form, form.core, part=Part.MAIN, ending="")
    rest = tuple(question for question in form.questions if not question.version.core)
    more = _by_strand(form, rest, part=Part.MORE, ending="-more")
    closing = Task(CLOSING_STEP, "", Part.CLOSING, (), form.closing_asked, len(form.closing.given))
    return (*main, closing, *more)


def _by_strand(form: Form, questions: Sequence[Question], *, part: Part, ending: str) -> tuple[Task, ...]:
    steps = _steps([question.version for question in form.questions])
    strands: dict[str, list[Question]] = {}
    for question in questions:
        strands.setdefault(steps[_strand(question.version)], []).append(question)
    return tuple(
        Task(step + ending, asked[0].version.strand_title, part, tuple(asked), (), form.answered(tuple(asked)))
        for step, asked in strands.items()
    )


def _steps(versions: Sequence[AskedVersion]) -> dict[tuple[str, str], str]:
    """Name each strand for the address: by its own reference, or with its theme's where that would be unclear."""
    strands = dict.fromkeys(_strand(version) for version in versions)
    uses = Counter(strand for _, strand in strands)
    return {
        (theme, strand): strand if uses[strand] == 1 and strand not in _TAKEN else f"{theme}-{strand}"
        for theme, strand in strands
    }


def _strand(version: AskedVersion) -> tuple[str, str]:
    return version.theme_ref, version.strand_ref
