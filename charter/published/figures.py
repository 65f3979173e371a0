"""The figures of a release as they leave the store. Scores are 0 to 100, gaps and changes in points, all whole."""

from dataclasses import dataclass

from charter.words import DISCLOSIVE
from db.types import Agreement, Breakdown, Direction, GapKind, Measure, OwedBy, Scope, Side, Withheld


@dataclass(frozen=True)
class Score:
    """One side's score of one promise or theme, for everyone on that side or for a group.

    Attributes:
        group: the code of the group; empty for the whole.
        invited: how many were asked: M of the method.
        answered: how many gave a level: n of the method. For a theme, to any of its promises.
        levels: how many gave each level, from 0 to 4; None for a theme, a public body, or a hidden figure.
        low: the lower end of the 95% interval.
        high: the upper end.
        lowest: the score if all who did not answer had chosen the lowest level.
        highest: the score if they had chosen the highest.
        share_high: whole per cent at *mostly* or *fully*, in words.
        shown: for a theme, from how many core promises it is made.
        asked: of how many.
        few: few answers: no direction, no rank, no headline.
        withheld: why there is no score, or None where there is one.
        held_back: whether a correction hides it that an earlier release of the same review shows (rule 9f).
    """

    scope: Scope
    ref: str
    side: Side
    measure: Measure
    breakdown: Breakdown
    group: str
    invited: int
    answered: int | None = None
    levels: tuple[int, ...] | None = None
    score: int | None = None
    low: int | None = None
    high: int | None = None
    lowest: int | None = None
    highest: int | None = None
    share_high: str | None = None
    shown: int | None = None
    asked: int | None = None
    few: bool = False
    withheld: Withheld | None = None
    held_back: bool = False

    @property
    def hidden(self) -> bool:
        """Whether the figure is hidden to protect those who answered."""
        return self.withheld in DISCLOSIVE


@dataclass(frozen=True)
class Gap:
    """What the two sides say of one promise or theme.

    Where all partners owe it, `practice` is the public bodies' own practice and `experience` the groups' own practice,
    and `points` is the difference between the sides.
    """

    kind: GapKind
    owing_side: Side
    practice: int | None
    experience: int | None
    points: int | None
    low: int | None
    high: int | None
    clear: bool
    agreement: Agreement | None
    bodies_answered: int
    bodies_asked: int
    promises: int
    withheld: Withheld | None

    @property
    def public(self) -> int | None:
        """What public bodies said, whichever side owes it."""
        return self.experience if self.owing_side is Side.VCFSE else self.practice

    @property
    def vcfse(self) -> int | None:
        """What groups said, whichever side owes it."""
        return self.practice if self.owing_side is Side.VCFSE else self.experience

    @property
    def hidden(self) -> bool:
        """Whether the figure is hidden to protect those who answered."""
        return self.withheld in DISCLOSIVE


@dataclass(frozen=True)
class Change:
    """What changed in what groups said since an earlier review, among the groups that answered both times."""

    since: str
    matched: int | None
    before: int | None
    after: int | None
    points: int | None
    low: int | None
    high: int | None
    carried_over: str | None
    mostly_carried_over: bool
    direction: Direction
    listed_direction: Direction
    withheld: Withheld | None


@dataclass(frozen=True)
class InPeriod:
    """A score in one review. `segment` rises where the meaning changed: scores are not joined across that."""

    period_ref: str
    period_title: str
    segment: int
    score: Score


@dataclass(frozen=True)
class Asked:
    """A promise as a review asked about it."""

    ref: str
    number: int
    segment: int
    title: str
    theme_ref: str
    theme_title: str
    scored: bool
    strand_title: str
    owed_by: OwedBy
    seen_by_sector: bool
    core: bool
    practice_question: str
    experience_question: str | None


@dataclass(frozen=True)
class Sides:
    """What a release says of one promise or theme, with the same in the other reviews of the charter.

    Attributes:
        sector: what groups said, as a whole; None where they were not asked.
        public: what public bodies said.
        groups: what groups said, by kind and by income.
        history: both sides' scores in every review, the oldest first.
    """

    ref: str
    title: str
    sector: Score | None
    public: Score | None
    gap: Gap | None
    change: Change | None
    groups: tuple[Score, ...]
    history: tuple[InPeriod, ...]

    @property
    def few(self) -> bool:
        """Whether too few groups answered for a direction, a rank or a headline."""
        return self.sector is not None and self.sector.few

    @property
    def score(self) -> int | None:
        """What groups said, in points; None where it is not shown."""
        return self.sector.score if self.sector is not None else None

    @property
    def gap_held_back(self) -> bool:
        """Whether the gap is hidden because a correction hides what groups said."""
        return self.gap is not None and self.gap.hidden and self.sector is not None and self.sector.held_back


@dataclass(frozen=True)
class Promise(Sides):
    """One promise of a release."""

    asked: Asked


@dataclass(frozen=True)
class Theme(Sides):
    """One scored theme, by what groups experienced of it.

    Attributes:
        own_gap: the gap in what groups themselves owe of it, never averaged with `gap`; None if they owe nothing.
        promises: its promises, in the charter's order.
    """

    own_gap: Gap | None
    promises: tuple[Promise, ...]


@dataclass(frozen=True)
class Figures:
    """Every figure of a release.

    Attributes:
        themes: the scored themes.
        together: the promises that all partners owe, beside the themes and outside their scores.
        periods: the reviews of this charter that are published, the oldest first: reference and title.
    """

    themes: tuple[Theme, ...]
    together: tuple[Promise, ...]
    periods: tuple[tuple[str, str], ...]

    @property
    def promises(self) -> tuple[Promise, ...]:
        """All promises, those of the themes first."""
        return (*(promise for theme in self.themes for promise in theme.promises), *self.together)

    def theme(self, ref: str) -> Theme | None:
        """Find a theme."""
        return next((theme for theme in self.themes if theme.ref == ref), None)

    def promise(self, ref: str) -> Promise | None:
        """Find a promise."""
        return next((promise for promise in self.promises if promise.ref == ref), None)

    @property
    def hidden(self) -> int:
        """How many scores are hidden to protect those who answered."""
        found = (*self.themes, *self.promises)
        return sum(score.hidden for each in found for score in (each.sector, *each.groups) if score is not None)
