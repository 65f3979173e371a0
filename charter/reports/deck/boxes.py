"""Places on a slide, and words that fit into them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from charter.reports.fonts import Weight
from charter.reports.lettering import wrapped

POINT = 12_700  # of the units in which slides are measured; 72 points are an inch
LINE = 1.2  # of the size of letters, from one line to the next
_INSET = 7.2  # points that a box of text leaves free at its left and right, and half of it above and below


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    def below(self, height: float) -> "Box":
        """Give what is left of it below a height that is taken."""
        return replace(self, top=self.top + height, height=self.height - height)

    def upper(self, height: float) -> "Box":
        """Give its upper part."""
        return replace(self, height=height)

    def right_part(self, width: float) -> "Box":
        """Give its right part."""
        return replace(self, left=self.left + self.width - width, width=width)

    def units(self) -> tuple[int, int, int, int]:
        """Give it as slides measure: left, top, width and height."""
        left, top, width, height = (round(each * POINT) for each in (self.left, self.top, self.width, self.height))
        return left, top, width, height


@dataclass(frozen=True)
class Fitted:
    """Paragraphs as they fit into a box.

    Attributes:
        size: of their letters, in points.
        paragraphs: the words; what does not fit even in the smallest letters is cut, and marked with "…".
        height: what they take up, in points.
        cut: whole paragraphs of which something was cut.
    """

    size: int
    paragraphs: tuple[str, ...]
    height: float
    cut: tuple[str, ...] = ()


def fit(
    paragraphs: Sequence[str],
    box: Box,
    *,
    sizes: Sequence[int],
    apart: float = 0.0,
    weight: Weight = 400,
    wider: float = 1.1,
) -> Fitted:
    """Fit paragraphs into a box in the largest letters that do.

    Args:
        paragraphs: the words.
        box: where they go.
        sizes: of letters, in points, the largest first.
        apart: points between two paragraphs.
        weight: of the letters.
        wider: how much wider letters are than those of Source Sans, by which they are measured: Arial's are 1.1.
    """
    room = max(box.width - 2 * _INSET, 1.0)

    def lines(size: int) -> list[list[str]]:
        return [wrapped(words, size=size * wider, width=room, weight=weight) for words in paragraphs]

    def height(broken: Sequence[Sequence[str]], size: int) -> float:
        return sum(map(len, broken)) * size * LINE + max(len(broken) - 1, 0) * apart + _INSET

    for size in sizes:
        if height(lines(size), size) <= box.height:
            return Fitted(size, tuple(paragraphs), height(lines(size), size))
    size = sizes[-1]
    broken = lines(size)
    while height(broken, size) > box.height and any(len(each) > 1 for each in broken):
        longest = max(broken, key=len)
        longest[-2:] = [f"{longest[-2].rstrip(' .,;:…')}…"]
    written = tuple(" ".join(each) for each in broken)
    whole = (words for words, said in zip(paragraphs, written, strict=True) if said.endswith("…") and said != words)
    return Fitted(size, written, height(broken, size), tuple(whole))
