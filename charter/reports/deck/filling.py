"""Writing on one slide: its headline, its words, its chart or the code that leads to the page, and its source."""

import io

import segno
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.slide import Slide as PowerPointSlide
from pptx.text.text import TextFrame
from pptx.util import Pt

from charter.reports.deck.boxes import Box, Fitted, fit
from charter.reports.deck.layouts import Layouts
from charter.reports.deck.letters import Letters
from charter.reports.deck.native_charts import add_chart
from charter.reports.deck.slide import Slide

_OPENING_SAID = (24, 22, 20, 18)
_APART = 14.0  # points between two paragraphs
_GAP = 10.0  # and between words and what stands below or beside them
_ABOVE = 0.4  # of the place for content: the most that words above a chart take
_CODE = 190.0


def fill_opening(made: PowerPointSlide, slide: Slide, layouts: Layouts, letters: Letters) -> tuple[str, ...]:
    """Write the first slide.

    Args:
        made: the slide.
        slide: what it says.
        layouts: the layouts.
        letters: the sizes that the look has room for.

    Returns:
        Whole sentences of which something was cut, because they do not fit in the smallest letters.
    """
    layout = layouts.opening
    headline = fit([slide.headline], layout.title, sizes=letters.opening, weight=700, wider=letters.wider)
    _headline(made, headline)
    cut = headline.cut
    if layout.text is not None:
        idx, place = layout.text
        said = fit(slide.said, place, sizes=_OPENING_SAID, apart=_APART / 2, wider=letters.wider)
        _words(made, idx, place, said, _APART / 2)
        cut += said.cut
    _drop_empty(made)
    if letters.code is not None and slide.link:
        _code(made, slide.link, letters.code)
    _source(made, slide.source, layouts.place, letters)
    return cut


def fill_content(made: PowerPointSlide, slide: Slide, layouts: Layouts, letters: Letters) -> tuple[str, ...]:
    """Write any other slide: its words above its chart, beside its code, or by themselves. See `fill_opening`."""
    title = layouts.content.title
    headline = fit([slide.headline], title, sizes=letters.headline, weight=700, wider=letters.wider)
    _headline(made, headline)
    place = layouts.place.upper(layouts.place.height - letters.foot - _GAP)
    if letters.rises:
        place = _raised(made, title, headline, place, alone=not (slide.said or slide.chart or slide.link))
    if slide.chart is not None:
        cut = _with_chart(made, slide, layouts.idx, place, letters)
    elif slide.link:
        cut = _with_code(made, slide, layouts.idx, place, letters)
    else:
        said = fit(slide.said, place, sizes=letters.words, apart=_APART, wider=letters.wider)
        _words(made, layouts.idx, place, said, _APART)
        cut = said.cut
    _drop_empty(made)
    _source(made, slide.source, layouts.place, letters)
    return headline.cut + cut


def _raised(made: PowerPointSlide, title: Box, headline: Fitted, place: Box, *, alone: bool) -> Box:
    """Give the place below a headline as high as the headline leaves it; one that stands alone stands in the middle."""
    high = place.top + place.height - title.top
    shape, taken = made.shapes.title, high if alone else headline.height
    shape.left, shape.top, shape.width, shape.height = title.upper(taken).units()
    if alone:
        shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    return Box(place.left, title.top, place.width, high).below(headline.height + _GAP)


def _with_chart(made: PowerPointSlide, slide: Slide, idx: int, place: Box, letters: Letters) -> tuple[str, ...]:
    """Write a few words, and below them the chart."""
    above = place.upper(place.height * _ABOVE)
    said = fit(slide.said, above, sizes=letters.above_chart, apart=_APART / 2, wider=letters.wider)
    _words(made, idx, place.upper(said.height), said, _APART / 2)
    if slide.chart is not None:
        words = slide.drawing.words if slide.drawing is not None else slide.headline
        below = place.below(said.height + _GAP) if slide.said else place
        add_chart(made, slide.chart, below, words=words, source=slide.source, sizes=letters.chart)
    return said.cut


def _with_code(made: PowerPointSlide, slide: Slide, idx: int, place: Box, letters: Letters) -> tuple[str, ...]:
    """Write words, and beside them the code that leads to the page."""
    side = min(_CODE, place.height, place.width / 3)
    text = Box(place.left, place.top, place.width - side - 2 * _GAP, place.height)
    said = fit(slide.said, text, sizes=letters.words, apart=_APART, wider=letters.wider)
    _words(made, idx, text, said, _APART)
    _code(made, slide.link, place.right_part(side).upper(side))
    return said.cut


def _headline(made: PowerPointSlide, fitted: Fitted) -> None:
    frame = made.shapes.title.text_frame
    frame.text = "".join(fitted.paragraphs)
    _set(frame, fitted)


def _words(made: PowerPointSlide, idx: int, place: Box, fitted: Fitted, apart: float) -> None:
    """Write paragraphs into the slide's own place for words, so that they are in its outline."""
    shape = next(each for each in made.placeholders if each.placeholder_format.idx == idx)
    shape.left, shape.top, shape.width, shape.height = place.units()
    frame = shape.text_frame
    frame.text = "\n".join(fitted.paragraphs)
    _set(frame, fitted)
    for paragraph in frame.paragraphs[1:]:
        paragraph.space_before = Pt(apart)


def _set(frame: TextFrame, fitted: Fitted) -> None:
    """Set the size of letters, which was measured; nothing is to shrink it once more."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    for paragraph in frame.paragraphs:
        paragraph.line_spacing = 1.0
        for run in paragraph.runs:
            run.font.size = Pt(fitted.size)


def _code(made: PowerPointSlide, link: str, box: Box) -> None:
    drawn = io.BytesIO()
    segno.make(link, micro=False, error="m").save(drawn, kind="png", scale=12, border=2)
    left, top, width, height = box.units()
    picture = made.shapes.add_picture(drawn, left, top, width, height)
    picture.click_action.hyperlink.address = link
    (properties,) = picture.element.xpath("p:nvPicPr/p:cNvPr")
    properties.set("descr", f"QR code that leads to {link}")


def _source(made: PowerPointSlide, source: str, place: Box, letters: Letters) -> None:
    """Write where the figures are from, in the strip below everything else."""
    foot = place.top + place.height - letters.foot
    box = Box(place.left, foot, place.width * letters.foot_wide, letters.foot)
    shape = made.shapes.add_textbox(*box.units())
    shape.name = "Source"
    frame, fitted = shape.text_frame, fit([source], box, sizes=letters.source, wider=letters.wider)
    frame.text = "".join(fitted.paragraphs)
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _set(frame, fitted)
    if letters.muted:
        frame.paragraphs[0].font.color.theme_color = MSO_THEME_COLOR.TEXT_2


def _drop_empty(made: PowerPointSlide) -> None:
    """Take out places that nothing was written in: they would ask whoever edits the slide to fill them."""
    for shape in list(made.placeholders):
        if shape.has_text_frame and not shape.text_frame.text:
            shape.element.getparent().remove(shape.element)
