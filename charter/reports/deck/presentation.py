"""A release's slides as a PowerPoint file: charts and words can be edited, and each slide has notes for its speaker."""

import io
from collections.abc import Sequence
from copy import deepcopy

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.presentation import Presentation
from pptx.slide import Slide as PowerPointSlide
from pptx.slide import SlideLayout

from charter.reports.contents import Contents
from charter.reports.deck.filling import fill_content, fill_opening
from charter.reports.deck.layouts import find_layouts
from charter.reports.deck.letters import OTHERS, OURS
from charter.reports.deck.look import own_look
from charter.reports.deck.slide import Slide
from charter.reports.deck.template_files import open_template
from charter.words import marked
from db.types import SlideKey

LANGUAGE = "en-GB"


def make_presentation(contents: Contents, slides: Sequence[Slide], *, template: bytes | None = None) -> bytes:
    """Make a PowerPoint file of slides.

    Args:
        contents: the release.
        slides: what the slides say, in their order.
        template: an organisation's own look; None for ours, which is 16:9.

    Returns:
        The file. Charts are PowerPoint's own, with their figures behind them; pictures and charts have alternative
        text; notes hold what each slide rests on; and every slide names its source, and says so where it is made up.

    Raises:
        FieldError: the template cannot be opened, or has no layout with a title and a place for content.
    """
    presentation = own_look() if template is None else open_template(template)
    layouts, letters = find_layouts(presentation), OURS if template is None else OTHERS
    _describe(presentation, contents)
    for slide in slides:
        opens = slide.key is SlideKey.TITLE and layouts.opening is not layouts.content
        layout = (layouts.opening if opens else layouts.content).layout
        made = presentation.slides.add_slide(layout)
        fill = fill_opening if opens else fill_content
        cut = fill(made, slide, layouts, letters)
        _number(made, layout)
        made.notes_slide.notes_text_frame.text = "\n".join((*cut, *slide.notes))
        _say_language(made)
    written = io.BytesIO()
    presentation.save(written)
    return written.getvalue()


def _describe(presentation: Presentation, contents: Contents) -> None:
    """Say in the file's properties what it is; what a template's said of itself goes."""
    release, about = contents.release, presentation.core_properties
    about.title = f"{release.charter_title}: {marked(release.period_title, made_up=release.made_up)}"
    about.subject = f"Release {release.ref}"
    about.author = about.last_modified_by = about.keywords = about.comments = about.category = ""
    about.language = LANGUAGE
    about.created = about.modified = release.published_at.replace(tzinfo=None)
    about.revision = 1


def _number(made: PowerPointSlide, layout: SlideLayout) -> None:
    """Number the slide where its layout has a place for that, which the library leaves out."""
    for shape in layout.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            number = deepcopy(shape.element)
            (properties,) = number.xpath("p:nvSpPr/p:cNvPr")
            properties.set("id", f"{max(map(int, made.shapes.element.xpath('.//p:cNvPr/@id'))) + 1}")
            made.shapes.element.append(number)


def _say_language(made: PowerPointSlide) -> None:
    """Say of every word that it is British English: it is then read out, and its spelling checked, as that."""
    for tree in (made.element, made.notes_slide.element):
        for properties in tree.xpath(".//a:r/a:rPr | .//a:fld/a:rPr | .//a:endParaRPr"):
            properties.set("lang", LANGUAGE)
        for run in tree.xpath(".//a:r[not(a:rPr)]"):
            run.get_or_add_rPr().set("lang", LANGUAGE)
