"""The two layouts that slides are made with, found in our own look or in a template that an organisation brought."""

from collections.abc import Iterator
from dataclasses import dataclass

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.presentation import Presentation
from pptx.shapes.placeholder import LayoutPlaceholder
from pptx.slide import SlideLayout

from charter.reports.deck.boxes import POINT, Box
from charter.rules.refusals import FieldError

# What part of a slide the place for content takes at least: less holds no chart that a hall can read.
_LEAST_WIDE, _LEAST_HIGH = 0.45, 0.4
_TITLES = frozenset({PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE})
_TEXTS = frozenset({PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT})
_CONTENTS = frozenset({PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY})
_LACKING = (
    "This template has no layout with a title and one large place for text or a chart, such as “Title and Content”. "
    "Add one in PowerPoint (View, Slide Master), save it, and try again. Nothing was lost."
)


@dataclass(frozen=True)
class Layout:
    """A layout with its two places.

    Attributes:
        layout: the layout itself.
        title: where its title stands.
        text: where its content stands, and by which number the slide knows it; None where it has none.
    """

    layout: SlideLayout
    title: Box
    text: tuple[int, Box] | None


@dataclass(frozen=True)
class Layouts:
    """The layout to open with, and the one for all other slides, whose place for content is always there."""

    opening: Layout
    content: Layout
    place: Box

    @property
    def idx(self) -> int:
        """The number of the place for content."""
        return self.content.text[0] if self.content.text else 0


def find_layouts(presentation: Presentation) -> Layouts:
    """Find the layouts of a presentation that slides can be made with.

    Raises:
        FieldError: it has none with a title and a place for content.
    """
    layouts = [layout for master in presentation.slide_masters for layout in master.slide_layouts]
    contents = [found for layout in layouts if (found := _content(layout, presentation)) is not None]
    if not contents:
        raise FieldError("file", _LACKING)
    content = max(contents, key=_fitness)
    openings = [found for layout in layouts if (found := _opening(layout)) is not None]
    place = content.text[1] if content.text else content.title
    return Layouts(opening=openings[0] if openings else content, content=content, place=place)


def _fitness(found: Layout) -> tuple[bool, int, float]:
    """Tell how well a layout suits: made for content, with little beside it, and large."""
    place = found.text[1] if found.text else found.title
    others = len(list(found.layout.iter_cloneable_placeholders()))
    return found.layout.element.get("type") == "obj", -others, place.width * place.height


def _opening(layout: SlideLayout) -> Layout | None:
    """Give a layout as one to open with, or None where it is not made for that."""
    title = _first(layout, frozenset({PP_PLACEHOLDER.CENTER_TITLE}))
    if title is None and layout.element.get("type") == "title":
        title = _first(layout, _TITLES)
    if title is None:
        return None
    text = _first(layout, _TEXTS)
    return Layout(layout, title[1], text)


def _content(layout: SlideLayout, presentation: Presentation) -> Layout | None:
    """Give a layout as one for content, or None where it lacks a title or room."""
    title = _first(layout, frozenset({PP_PLACEHOLDER.TITLE}))
    wide, high = (presentation.slide_width or 0) / POINT, (presentation.slide_height or 0) / POINT
    large = [
        (idx, box)
        for idx, box in _places(layout, _CONTENTS)
        if box.width >= _LEAST_WIDE * wide and box.height >= _LEAST_HIGH * high
    ]
    if title is None or not large:
        return None
    return Layout(layout, title[1], max(large, key=lambda each: each[1].width * each[1].height))


def _first(layout: SlideLayout, kinds: frozenset[PP_PLACEHOLDER]) -> tuple[int, Box] | None:
    return next(_places(layout, kinds), None)


def _places(layout: SlideLayout, kinds: frozenset[PP_PLACEHOLDER]) -> Iterator[tuple[int, Box]]:
    for shape in layout.iter_cloneable_placeholders():
        if shape.placeholder_format.type in kinds and (box := _box(shape)) is not None:
            yield shape.placeholder_format.idx, box


def _box(shape: LayoutPlaceholder) -> Box | None:
    """Give where a place is; a layout that says nothing of it has it where its master has it."""
    sides = (shape.left, shape.top, shape.width, shape.height)
    known = [side / POINT for side in sides if side is not None]
    return Box(*known) if len(known) == len(sides) and known[2] > 0 and known[3] > 0 else None
