"""The forms in which a release is given out: what each is called and is for, and making one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from charter.reports.archives import zipped

if TYPE_CHECKING:
    from charter.reports.contents import Contents

_OFFICE = "application/vnd.openxmlformats-officedocument"
_PDF = "application/pdf"
_WORD = f"{_OFFICE}.wordprocessingml.document"
ZIP = "application/zip"
MADE_UP_BEFORE = "made-up-"  # before the name of every file of the demonstration


class Form(StrEnum):
    """A form of a release, as its address names it."""

    BRIEFING_PDF = "briefing.pdf"
    BRIEFING_WORD = "briefing.docx"
    SCRUTINY_PDF = "scrutiny.pdf"
    SCRUTINY_WORD = "scrutiny.docx"
    REVIEW_PDF = "review.pdf"
    REVIEW_WORD = "review.docx"
    SLIDES = "slides.pptx"
    SHOW = "show.html"
    WORKBOOK = "workbook.xlsx"
    DATA = "open-data.zip"
    CHARTS = "charts.zip"


@dataclass(frozen=True)
class FormTold:
    """What a person is told of a form.

    Attributes:
        title: what it is called.
        kind: what kind of file it is, in a word or two.
        what: whom it is for and what is in it, as a sentence.
        media_type: the file's media type.
    """

    title: str
    kind: str
    what: str
    media_type: str


_BRIEFING = "Two pages for Cabinet: what was found, what is off track, and what to decide."
_SCRUTINY = "For the scrutiny committee: what was promised, what slipped, and who is not heard."
_REVIEW = "The long report: every theme, promise, outcome and action, and how figures are made."
FORMS: Mapping[Form, FormTold] = MappingProxyType(
    {
        Form.BRIEFING_PDF: FormTold("Cabinet briefing", "PDF", _BRIEFING, _PDF),
        Form.BRIEFING_WORD: FormTold("Cabinet briefing", "Word", _BRIEFING, _WORD),
        Form.SCRUTINY_PDF: FormTold("Scrutiny paper", "PDF", _SCRUTINY, _PDF),
        Form.SCRUTINY_WORD: FormTold("Scrutiny paper", "Word", _SCRUTINY, _WORD),
        Form.REVIEW_PDF: FormTold("Annual review", "PDF", _REVIEW, _PDF),
        Form.REVIEW_WORD: FormTold("Annual review", "Word", _REVIEW, _WORD),
        Form.SLIDES: FormTold(
            "Slides",
            "PowerPoint",
            "One idea and one chart a slide, with notes. Charts and words can be changed.",
            f"{_OFFICE}.presentationml.presentation",
        ),
        Form.SHOW: FormTold(
            "Show for a hall", "Web page", "The same slides in one file that needs no internet.", "text/html"
        ),
        Form.WORKBOOK: FormTold(
            "Workbook", "Excel", "Every table of figures, one on a sheet.", f"{_OFFICE}.spreadsheetml.sheet"
        ),
        Form.DATA: FormTold("Open data", "CSV and JSON", "The same tables for programs, with what each field is.", ZIP),
        Form.CHARTS: FormTold(
            "Charts", "PNG and SVG", "Every chart as a picture, with its title, source and words beside it.", ZIP
        ),
    }
)


def make_files(form: Form, contents: "Contents", *, address: str) -> dict[str, bytes]:
    """Make a form, as one file or as a folder of them.

    Args:
        form: which one.
        contents: what the release holds.
        address: where people reach the site.

    Returns:
        What is in each file, by its path. A single one is named as the form.
    """
    # The libraries behind take long to load, and nobody who only reads or starts a command should wait for them.
    from charter.reports.making import FOLDERS, MAKERS  # noqa: PLC0415

    if form in FOLDERS:
        return dict(FOLDERS[form](contents, address))
    return {form.value: MAKERS[form](contents, address)}


def make_form(form: Form, contents: "Contents", *, address: str) -> bytes:
    """Make a form as one file: a folder of files is packed. See `make_files`."""
    files = make_files(form, contents, address=address)
    if FORMS[form].media_type == ZIP:
        return zipped(files, moment=contents.release.published_at)
    return files[form.value]


def file_name(form: str, *, ref: str, made_up: bool) -> str:
    """Name the file that a form is saved as, such as `made-up-briefing-2026.1.pdf`.

    Args:
        form: the form, or another name with an ending.
        ref: the release.
        made_up: whether the release belongs to the demonstration: its files say so before anybody opens them.
    """
    stem, _, ending = form.rpartition(".")
    return f"{MADE_UP_BEFORE if made_up else ''}{stem}-{ref}.{ending}"
