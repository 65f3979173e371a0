"""Which side rated its practice and which its experience, as a chart names them."""

from dataclasses import dataclass

from charter.charts.theme import Ink


@dataclass(frozen=True)
class Sides:
    """The names of a chart's two series.

    Attributes:
        practice: the series in the column `practice`.
        experience: the series in the column `experience`.
        difference: what practice − experience is called.
        both_practice: true where all owe the promise, so that both series are practice.
    """

    practice: str
    experience: str
    difference: str = "gap"
    both_practice: bool = False

    def shapes(self) -> list[str]:
        """Return the marks' shapes, experience first: a diamond for experience, a circle for practice."""
        return ["circle" if self.both_practice else "diamond", "circle"]

    def fills(self, colours: Ink) -> list[str]:
        """Return the marks' fills, experience first. Where both are practice, the second circle is hollow."""
        return [colours.paper if self.both_practice else colours.experience, colours.practice]

    def edges(self, colours: Ink) -> list[str]:
        """Return the marks' outlines, experience first."""
        return [colours.practice if self.both_practice else colours.edge, colours.practice]


PUBLIC_OWE = Sides(practice="Public bodies’ practice", experience="Groups’ experience")
GROUPS_OWE = Sides(practice="Groups’ practice", experience="Public bodies’ experience")
ALL_OWE = Sides(
    practice="Public bodies’ practice",
    experience="Groups’ practice",
    difference="difference between the sides",
    both_practice=True,
)
