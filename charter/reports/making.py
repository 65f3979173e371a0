"""What makes each form of a release. Loaded only where one is made: see `charter/reports/forms.py`."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from charter.reports.archives import steady
from charter.reports.contents import Contents
from charter.reports.deck.arranging import DeckFound, arranged
from charter.reports.deck.presentation import make_presentation
from charter.reports.deck.show import make_show
from charter.reports.deck.slides import make_slides
from charter.reports.forms import Form
from charter.reports.images import chart_images
from charter.reports.open_data import make_open_data
from charter.reports.papers.annual import annual_review
from charter.reports.papers.briefing import briefing
from charter.reports.papers.document import Document
from charter.reports.papers.pdf import make_pdf
from charter.reports.papers.scrutiny import scrutiny_paper
from charter.reports.papers.word import make_word
from charter.reports.workbook import make_workbook

# Takes what the release holds, and the address where people reach the site.
Maker = Callable[[Contents, str], bytes]
Build = Callable[[Contents], Document]


def _pdf(build: Build) -> Maker:
    return lambda contents, _address: make_pdf(build(contents))


def _word(build: Build) -> Maker:
    return lambda contents, _address: _steady(make_word(build(contents)), contents)


def slides_like(
    contents: Contents, *, address: str, deck: DeckFound | None = None, template: bytes | None = None
) -> bytes:
    """Make the slides for PowerPoint.

    Args:
        contents: what the release holds.
        address: where people reach the site.
        deck: how they are arranged; None for every slide in its own order.
        template: an organisation's own look; None for ours.

    Raises:
        FieldError: slides cannot be made in this look.
    """
    slides = make_slides(contents, address=address)
    if deck is not None:
        slides = arranged(slides, deck)
    return _steady(make_presentation(contents, slides, template=template), contents)


def _show(contents: Contents, address: str) -> bytes:
    return make_show(contents, make_slides(contents, address=address), address=address)


def _workbook(contents: Contents, _address: str) -> bytes:
    return _steady(make_workbook(contents), contents)


def _steady(package: bytes, contents: Contents) -> bytes:
    return steady(package, moment=contents.release.published_at)


MAKERS: Mapping[Form, Maker] = MappingProxyType(
    {
        Form.BRIEFING_PDF: _pdf(briefing),
        Form.BRIEFING_WORD: _word(briefing),
        Form.SCRUTINY_PDF: _pdf(scrutiny_paper),
        Form.SCRUTINY_WORD: _word(scrutiny_paper),
        Form.REVIEW_PDF: _pdf(annual_review),
        Form.REVIEW_WORD: _word(annual_review),
        Form.SLIDES: lambda contents, address: slides_like(contents, address=address),
        Form.SHOW: _show,
        Form.WORKBOOK: _workbook,
    }
)
# The forms that are folders of files: what is in each file, by its path.
FOLDERS: Mapping[Form, Callable[[Contents, str], dict[str, bytes]]] = MappingProxyType(
    {
        Form.DATA: lambda contents, address: make_open_data(contents, address=address),
        Form.CHARTS: lambda contents, _address: chart_images(contents),
    }
)
