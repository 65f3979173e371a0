"""How a chart tells an organisation's own score from all groups': by shape and fill, in the colour of what it is."""

from dataclasses import dataclass

from charter.charts.sides import Sides
from charter.charts.theme import Ink


@dataclass(frozen=True)
class OwnExperience(Sides):
    """A group's own experience beside all groups': both are diamonds, and its own is hollow."""

    def shapes(self) -> list[str]:
        """Return the marks' shapes, experience first."""
        return ["diamond", "diamond"]

    def fills(self, colours: Ink) -> list[str]:
        """Return the marks' fills, all groups' first."""
        return [colours.experience, colours.paper]

    def edges(self, colours: Ink) -> list[str]:
        """Return the marks' outlines and lines, all groups' first."""
        return [colours.edge, colours.text]


GROUP_BESIDE_ALL = OwnExperience(practice="Your organisation", experience="All groups")
BODY_BESIDE_ALL = Sides(practice="Your practice", experience="Groups’ experience")
