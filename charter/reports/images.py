"""A release's charts as pictures for slides and print, each with its title, source, date and alternative text."""

import io
import json
from math import ceil
from typing import Literal

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from charter import clock
from charter.reports.contents import Contents
from charter.reports.deck.telling import published_line, source_line
from charter.reports.drawings import Drawing
from charter.reports.every_drawing import ChartName, chart_names, draw_chart
from charter.reports.picture import Picture, framed, points
from charter.rules.refusals import NotFoundError

ImageKind = Literal["png", "svg"]
ImageSize = Literal["slide", "print"]

# A slide is 1,920 pixels wide and 1,080 high. A chart with more rows is drawn wider, and so in smaller letters, but
# only so far: one with very many rows is higher than a slide.
_SLIDE_PIXELS = 1920
_SLIDE_RATIO = 16 / 9
_NARROWEST, _WIDEST = 800, 1360
# Print is as wide as the text of a page of A4, 170 mm, in 300 dots an inch.
_PRINT_WIDTH = 680
_PRINT_PIXELS = 2008
_SLIDE_DOTS, _PRINT_DOTS = 96, 300
_COLOURS = (
    256  # a chart rarely has more, with the edges of its letters, and a file with a list of them is a sixth as large
)


def make_image(drawing: Drawing, *, contents: Contents, kind: ImageKind, size: ImageSize) -> bytes:
    """Make a picture of a chart, in our own fonts and without a network.

    Args:
        drawing: the chart; it must have one.
        contents: the release that it is of, which is named below it.
        kind: a picture of points, or of lines and letters.
        size: for a slide, 16:9; or for print, as wide as a page's text and as high as the chart needs.

    Returns:
        The file. It holds its title, its alternative text and its source, as far as its kind has places for them.

    Raises:
        ValueError: the drawing has no chart.
    """
    printed = _for_print(drawing, contents)
    made = printed if size == "print" else _for_slide(drawing, contents, printed=printed)
    return made.svg.encode() if kind == "svg" else _png(made, drawing, contents, size=size)


def chart_images(contents: Contents) -> dict[str, bytes]:
    """Make every chart of a release and of its themes and outcomes as pictures, with their words beside them.

    Args:
        contents: the release.

    Returns:
        Each file by its name: two PNG and an SVG a chart, and a JSON with its title, source, date and words.
    """
    made: dict[str, bytes] = {}
    for name in chart_names(contents):
        try:
            made |= images_of(contents, name)
        except NotFoundError:  # a release need not have something for every chart
            continue
    return made


def image_of(contents: Contents, name: ChartName, *, kind: ImageKind, size: ImageSize) -> bytes:
    """Make one picture of one chart. See `make_image`.

    Raises:
        NotFoundError: there is no such chart, or the release has nothing for it.
    """
    return make_image(draw_chart(contents, name), contents=contents, kind=kind, size=size)


def words_of(contents: Contents, name: ChartName) -> bytes:
    """Give what stands beside a chart's pictures, as JSON: its title, source, date, and alternative text.

    Raises:
        NotFoundError: there is no such chart, or the release has nothing for it.
    """
    return _words_file(draw_chart(contents, name), contents)


def images_of(contents: Contents, name: ChartName) -> dict[str, bytes]:
    """Make the pictures of one chart, with its words beside them.

    Raises:
        NotFoundError: there is no such chart, or the release has nothing for it.
    """
    drawing = draw_chart(contents, name)
    printed = _for_print(drawing, contents)
    slide = _for_slide(drawing, contents, printed=printed)
    return {
        f"{name}-slide.png": _png(slide, drawing, contents, size="slide"),
        f"{name}-print.png": _png(printed, drawing, contents, size="print"),
        f"{name}.svg": printed.svg.encode(),
        f"{name}.json": _words_file(drawing, contents),
    }


def foot_of(contents: Contents) -> str:
    """Give the line below a picture: where its figures are from, and when they were published."""
    return f"Source: {source_line(contents)}. {published_line(contents)}"


def _for_print(drawing: Drawing, contents: Contents) -> Picture:
    return framed(drawing, foot=foot_of(contents), width=_PRINT_WIDTH)


def _for_slide(drawing: Drawing, contents: Contents, *, printed: Picture) -> Picture:
    """Draw for a slide; how high a chart has to be is known from drawing it for print."""
    width = min(max(ceil(printed.height / 9) * 16, _NARROWEST), _WIDEST)  # in sixteenths, so that its height is whole
    return framed(drawing, foot=foot_of(contents), width=width, ratio=_SLIDE_RATIO)


def _png(made: Picture, drawing: Drawing, contents: Contents, *, size: ImageSize) -> bytes:
    """Make a small file of points, with its words and the size that it is meant for in it."""
    pixels, dots = (_SLIDE_PIXELS, _SLIDE_DOTS) if size == "slide" else (_PRINT_PIXELS, _PRINT_DOTS)
    words = PngInfo()
    for key, value in (("Title", drawing.title), ("Description", drawing.words), ("Source", foot_of(contents))):
        words.add_itxt(key, value, lang="en-GB")
    with Image.open(io.BytesIO(points(made, pixels=pixels))) as drawn:
        few = drawn.convert("RGB").quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, "PNG", pnginfo=words, dpi=(dots, dots))
    return written.getvalue()


def _words_file(drawing: Drawing, contents: Contents) -> bytes:
    release = contents.release
    said = {
        "title": drawing.title,
        "subtitle": drawing.subtitle,
        "alternative_text": drawing.words,
        "source": source_line(contents),
        "published": clock.local(release.published_at).date().isoformat(),
        "release": release.ref,
        "made_up": release.made_up,
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()
