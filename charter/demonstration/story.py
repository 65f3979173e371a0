"""The story in the demonstration's numbers, drawn from a seed so that it is the same each time.

Themes are unequal; what groups experience rises while what public bodies say of themselves stays, so the gap
narrows; small groups answer less often than large ones; and some kinds are too few to be shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from charter.demonstration.cast import GroupInCast
from charter.questions import Question
from db.types import Contact, EngagementLevel, IncomeBand, Influence, Measure, NoLevel

ROUNDS = 4  # three published periods, and the one that is open
OPEN_SUBMITTED = 200
OPEN_DRAFTS = 40

_ANSWERS = {
    IncomeBand.UNDER_10K: 0.47,
    IncomeBand.FROM_10K_TO_100K: 0.63,
    IncomeBand.OVER_100K: 0.80,
    IncomeBand.NOT_KNOWN: 0.38,
}
# The mean level that groups experience, by theme, in each round.
_EXPERIENCE = {
    "engagement": (2.05, 2.3, 2.6, 2.65),
    "empowerment": (1.75, 1.8, 1.75, 1.9),
    "equality": (2.5, 2.55, 2.75, 2.8),
    "how-we-work-together": (2.6, 2.65, 2.7, 2.75),
}
_PRACTICE = {"engagement": 3.0, "empowerment": 2.9, "equality": 3.05, "how-we-work-together": 2.9}
# What the story is about: a wide gap on outside funding, one that closed, and one that got worse.
_TURNS = {
    "EMP-SEC-4": (-1.1, -1.05, -0.95, -0.8),
    "ENG-DIA-3": (-0.3, 0.1, 0.35, 0.4),
    "EQU-ACC-3": (0.3, 0.1, -0.15, -0.1),
    "PACT-6": (0.5, 0.5, 0.5, 0.5),
}
_ANY_THEME, _ANY_PRACTICE = (2.2, 2.3, 2.4, 2.5), 2.9  # for a theme that a later version of the charter added
_NO_TURN = (0.0,) * ROUNDS
_PRACTICE_SPREAD, _PRACTICE_NOISE = 0.35, 0.2
_GROUP_SPREAD, _COMMITMENT_SPREAD, _NOISE = 0.55, 0.3, 0.75
_DOES_NOT_APPLY, _DONT_KNOW, _LEFT_BLANK, _GOES_ON_AFTER_CORE = 0.04, 0.07, 0.02, 0.45
_HIGHEST = 4


@dataclass(frozen=True)
class Given:
    """A made-up answer to one question."""

    version_id: int
    measure: Measure
    level: int | None
    no_level: NoLevel | None


@dataclass(frozen=True)
class Closing:
    """Made-up answers to the questions after the core."""

    influence: Influence
    contact: Contact
    engagement_level: EngagementLevel


class Story:
    """Draws everything that the made-up organisations say."""

    def __init__(self, seed: int, cast: Sequence[GroupInCast]) -> None:
        self.rng = np.random.default_rng([seed, 1])
        self._outlook = self.rng.normal(0, _GROUP_SPREAD, size=len(cast))
        self._commitment: dict[str, float] = {}
        self._practice: dict[str, float] = {}
        self._keen = self.rng.random(len(cast))
        self._cast = cast

    def answering(self, round_number: int) -> list[int]:
        """Draw which groups answer in a round, by their place in the cast. Who answered once tends to again."""
        if round_number == ROUNDS - 1:
            keenest = np.argsort(-self._propensity(round_number))
            return sorted(int(place) for place in keenest[: OPEN_SUBMITTED + OPEN_DRAFTS])
        return [int(place) for place in np.flatnonzero(self._propensity(round_number) > 0)]

    def group_answers(self, place: int, round_number: int, questions: Sequence[Question]) -> list[Given]:
        """Draw what one group answers: the core, and for some groups the rest."""
        goes_on = self.rng.random() < _GOES_ON_AFTER_CORE
        return [
            self._given(question, self._level(question, round_number, self._outlook[place]))
            for question in questions
            if (question.version.core or goes_on) and self.rng.random() > _LEFT_BLANK
        ]

    def body_answers(self, questions: Sequence[Question]) -> list[Given]:
        """Draw what one public body says of its own practice."""
        answers = []
        for question in questions:
            mean = _PRACTICE.get(question.version.theme_ref, _ANY_PRACTICE) + self._practice_effect(question)
            level = self._as_level(mean + self.rng.normal(0, _PRACTICE_NOISE))
            answers.append(Given(question.version.version_id, question.measure, level, None))
        return answers

    def closing(self, place: int) -> Closing:
        """Draw one group's answers to the questions after the core."""
        # Contact and influence go together, but loosely: each has a mood of its own beside the group's outlook.
        mood, nearness = self._outlook[place] + self.rng.normal(0, 0.6, size=2)
        influences, contacts, levels = list(Influence), list(Contact), list(EngagementLevel)
        return Closing(
            influence=influences[min(max(round(1.9 - 1.5 * mood), 0), len(influences) - 1)],
            contact=contacts[min(max(round(1.1 - 0.8 * nearness), 0), len(contacts) - 1)],
            engagement_level=levels[min(max(round(1.2 + 1.1 * mood), 0), len(levels) - 1)],
        )

    def _propensity(self, round_number: int) -> np.ndarray:
        """Draw how likely each group is to answer: above nought it does."""
        wanted = np.array([_ANSWERS[member.income_band] for member in self._cast]) + 0.02 * round_number
        mixed = 0.6 * self._keen + 0.4 * self.rng.random(len(self._cast))
        return wanted - mixed

    def _level(self, question: Question, round_number: int, outlook: float) -> int:
        version = question.version
        mean = _EXPERIENCE.get(version.theme_ref, _ANY_THEME)[round_number]
        turn = _TURNS.get(version.ref, _NO_TURN)[round_number]
        own = 0.3 if question.measure is Measure.PRACTICE else 0.0  # one sees one's own practice kindly
        noise = self.rng.normal(0, _NOISE)
        return self._as_level(mean + turn + own + self._commitment_effect(version.ref) + outlook + noise)

    def _practice_effect(self, question: Question) -> float:
        """How much kinder or harder public bodies are on themselves about one commitment, in every round alike."""
        ref = question.version.ref
        if ref not in self._practice:
            self._practice[ref] = float(self.rng.normal(0, _PRACTICE_SPREAD))
        return self._practice[ref]

    def _commitment_effect(self, ref: str) -> float:
        if ref not in self._commitment:
            self._commitment[ref] = float(self.rng.normal(0, _COMMITMENT_SPREAD))
        return self._commitment[ref]

    def _given(self, question: Question, level: int) -> Given:
        drawn = self.rng.random()
        no_level = None
        if drawn < _DOES_NOT_APPLY:
            no_level = NoLevel.DOES_NOT_APPLY
        elif drawn < _DOES_NOT_APPLY + _DONT_KNOW:
            no_level = NoLevel.DONT_KNOW
        return Given(question.version.version_id, question.measure, None if no_level else level, no_level)

    @staticmethod
    def _as_level(value: float) -> int:
        return min(max(round(value), 0), _HIGHEST)
