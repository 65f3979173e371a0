"""`report`: a published release as slides, papers, a workbook, open data and pictures, and all of them in one pack."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from charter.commands.speaking import say
from charter.reports.forms import FORMS, ZIP, Form, file_name, make_files
from charter.rules.access import OPERATOR
from charter.settings import settings
from charter.store import reading, writing

if TYPE_CHECKING:
    from charter.reports.contents import Contents

app = typer.Typer(help="Write a published release as files.", no_args_is_help=True)
Release = Annotated[str, typer.Option(help="The release, such as 2026.1.")]
Out = Annotated[Path, typer.Option(help="The folder to write into. It is made if it is not there.", metavar="DIR")]
_LATEST, _HERE = "latest", Path()


@app.command()
def slides(
    release: Release = _LATEST,
    out: Out = _HERE,
    template: Annotated[
        Path | None, typer.Option(help="A PowerPoint file whose look the slides take on.", metavar="FILE")
    ] = None,
) -> None:
    """Write the slides for PowerPoint, with charts that can be edited."""
    if template is None:
        _write(release, out, Form.SLIDES)
        return
    from charter.reports.deck.template_files import check_template  # noqa: PLC0415 - see `_contents`
    from charter.reports.making import slides_like  # noqa: PLC0415

    contents, look = _contents(release), template.read_bytes()
    check_template(look)
    made = slides_like(contents, address=settings().site_address, template=look)
    _keep(out, _name(contents, Form.SLIDES.value), made)


@app.command()
def present(release: Release = _LATEST, out: Out = _HERE) -> None:
    """Write the slides as one web page that needs no server and no internet."""
    _write(release, out, Form.SHOW)


@app.command()
def briefing(release: Release = _LATEST, out: Out = _HERE) -> None:
    """Write the Cabinet briefing, as PDF and for Word."""
    _write(release, out, Form.BRIEFING_PDF, Form.BRIEFING_WORD)


@app.command()
def scrutiny(release: Release = _LATEST, out: Out = _HERE) -> None:
    """Write the scrutiny paper, as PDF and for Word."""
    _write(release, out, Form.SCRUTINY_PDF, Form.SCRUTINY_WORD)


@app.command()
def review(release: Release = _LATEST, out: Out = _HERE) -> None:
    """Write the annual review, as PDF and for Word."""
    _write(release, out, Form.REVIEW_PDF, Form.REVIEW_WORD)


@app.command()
def workbook(release: Release = _LATEST, out: Out = _HERE) -> None:
    """Write every table of figures as a workbook for Excel."""
    _write(release, out, Form.WORKBOOK)


@app.command()
def data(release: Release = _LATEST, out: Out = _HERE) -> None:
    """Write the open data: CSV and JSON of each table, with what each field is."""
    _write(release, out, Form.DATA)


@app.command()
def images(release: Release = _LATEST, out: Out = _HERE) -> None:
    """Write every chart as PNG and SVG, with its words beside it."""
    _write(release, out, Form.CHARTS)


@app.command()
def pack(release: Release = _LATEST, out: Out = _HERE) -> None:
    """Write all of them in one ZIP. A pack that is not kept with its release yet is kept there too."""
    from charter.reports import pack as packs  # noqa: PLC0415 - see `_contents`
    from charter.reports.pack_kept import find_pack, keep_pack, read_pack  # noqa: PLC0415
    from charter.reports.pack_work import make_from_store  # noqa: PLC0415

    with reading() as session:
        there = find_pack(session, viewer=OPERATOR, ref=release)
    if there is None:
        made = make_from_store(viewer=OPERATOR, ref=release)
        with writing() as session:
            keep_pack(session, viewer=OPERATOR, ref=release, content=made.content, read_at=made.read_at)
    with reading() as session:
        found, content = read_pack(session, viewer=OPERATOR, ref=release)
    _keep(out, file_name(packs.NAME, ref=found.release.ref, made_up=found.release.made_up), content)


def _write(release: str, out: Path, *forms: Form) -> None:
    contents = _contents(release)
    for form in forms:
        files = make_files(form, contents, address=settings().site_address)
        for path, content in files.items():
            if FORMS[form].media_type == ZIP:
                folder = _name(contents, form.value).removesuffix(".zip")
                _keep(out / folder, path, content)
            else:
                _keep(out, _name(contents, path), content)


def _contents(release: str) -> "Contents":
    """Read the release. What charts are made with takes a second to load, which no other command waits for."""
    from charter.reports.contents import read_contents  # noqa: PLC0415

    with reading() as session:
        return read_contents(session, viewer=OPERATOR, ref=release)


def _name(contents: "Contents", form: str) -> str:
    return file_name(form, ref=contents.release.ref, made_up=contents.release.made_up)


def _keep(folder: Path, path: str, content: bytes) -> None:
    whole = folder / path
    whole.parent.mkdir(parents=True, exist_ok=True)
    whole.write_bytes(content)
    say(str(whole))
