"""`report …`: a release written as files, all of them in the pack, and the one line where that cannot be done."""

import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Inches
from pypdf import PdfReader
from sqlmodel import select

from charter.__main__ import main
from charter.commands import report
from charter.corrections import withdraw_release
from charter.releases import publish_period
from charter.reports import images
from charter.reports import pack as pack_module
from charter.reports.contents import Contents
from charter.reports.every_drawing import chart_names
from charter.reports.forms import FORMS, ZIP, Form
from charter.reports.pack import CHECKSUMS, MANIFEST, READ_ME
from charter.rules.access import OPERATOR
from charter.store import reading, writing
from db.models import CommitmentVersion, Release, ReleasePack
from tests.store.closed_reviews import YEAR, closed
from tests.store.test_packs import quickly

REF = f"{YEAR}.1"
FOLDER = f"review-pack-{REF}"
COMMANDS = {
    "slides": (Form.SLIDES,),
    "present": (Form.SHOW,),
    "briefing": (Form.BRIEFING_PDF, Form.BRIEFING_WORD),
    "scrutiny": (Form.SCRUTINY_PDF, Form.SCRUTINY_WORD),
    "review": (Form.REVIEW_PDF, Form.REVIEW_WORD),
    "workbook": (Form.WORKBOOK,),
    "data": (Form.DATA,),
    "images": (Form.CHARTS,),
}
pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # no file knows what it was read from
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(site_store: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process, and give its exit code and what it printed."""
    del site_store

    def command(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["charter", "report", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        return int(stopped.value.code or 0), *capsys.readouterr()

    return command


@pytest.fixture
def published(site_store: object) -> None:
    del site_store
    with writing() as session:
        closed(session)
        for number, version in enumerate(session.exec(select(CommitmentVersion))):
            version.title = f"Promise {number}"  # charts tell promises apart by their titles
        publish_period(session, viewer=OPERATOR, ref=YEAR)


@pytest.fixture
def few_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the folder of charts hold a few: all of them take long, and are held where they are made."""
    monkeypatch.setattr(images, "chart_names", lambda contents: islice(chart_names(contents), 2))


def opened_pack(content: bytes) -> dict[str, bytes]:
    """Give what is in each file of a pack, by its path in its one folder."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {name.partition("/")[0] for name in archive.namelist()} == {FOLDER}
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


@pytest.mark.usefixtures("published", "few_charts")
def test_the_pack_holds_every_form_with_its_checksum_and_is_kept_with_the_release(run: Run, tmp_path: Path) -> None:
    code, printed, error = run("pack", "--release", REF, "--out", str(tmp_path / "new" / "folder"))
    path = tmp_path / "new" / "folder" / f"{FOLDER}.zip"
    assert (code, printed, error) == (0, f"{path}\n", "")
    content = path.read_bytes()
    with reading() as session:
        assert session.exec(select(ReleasePack.content)).one() == content
    files = opened_pack(content)
    manifest = json.loads(files.pop(MANIFEST))
    assert (manifest["release"], manifest["made_up"], manifest["note"]) == (REF, False, "")
    listed = {each["path"]: each for each in manifest["files"]}
    checked = (line.split("  ", 1) for line in files.pop(CHECKSUMS).decode().splitlines())
    sums = {name: checksum for checksum, name in checked}
    read_me = files.pop(READ_ME).decode()
    assert listed.keys() == sums.keys() == files.keys()
    for name, inside in files.items():
        assert listed[name]["bytes"] == len(inside)
        assert listed[name]["sha256"] == sums[name] == hashlib.sha256(inside).hexdigest()
    for form in Form:
        stem, _, ending = form.value.rpartition(".")
        expected = f"{stem}/" if FORMS[form].media_type == ZIP else f"{stem}-{REF}.{ending}"
        assert any(name.startswith(expected) for name in files)
        assert f"{expected}\n    {FORMS[form].title}. {FORMS[form].what}" in read_me
    _require_that_each_opens(files)
    for command in ("slides", "workbook", "data"):
        assert run(command, "--release", REF, "--out", str(tmp_path / "one"))[0] == 0
    written = {path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file()}
    assert len(written) > 40
    for each in written:
        packed = str(each).replace(f"open-data-{REF}/", "open-data/")
        assert (tmp_path / "one" / each).read_bytes() == files[packed], "a form is the same wherever it is made"


def _require_that_each_opens(files: dict[str, bytes]) -> None:
    for stem in ("briefing", "scrutiny", "review"):
        assert PdfReader(io.BytesIO(files[f"{stem}-{REF}.pdf"])).pages
        assert Document(io.BytesIO(files[f"{stem}-{REF}.docx"])).paragraphs
    assert len(Presentation(io.BytesIO(files[f"slides-{REF}.pptx"])).slides) > 3
    assert len(load_workbook(io.BytesIO(files[f"workbook-{REF}.xlsx"])).sheetnames) > 3
    assert files[f"show-{REF}.html"].lower().startswith(b"<!doctype html>")
    assert json.loads(files["open-data/datapackage.json"])["resources"]
    assert any(name.startswith("charts/") and name.endswith(".png") for name in files)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[Form]:
    """Let each form be a few bytes, and note which were made."""
    made: list[Form] = []

    def files(form: Form, contents: Contents, *, address: str) -> dict[str, bytes]:
        made.append(form)
        inside = quickly(form, contents, address=address)
        return {"a/b.csv": inside[form.value]} if FORMS[form].media_type == ZIP else inside

    monkeypatch.setattr(report, "make_files", files)
    monkeypatch.setattr(pack_module, "make_files", files)
    return made


@pytest.mark.usefixtures("published")
def test_each_command_writes_its_own_forms_and_says_where(
    run: Run, quick: list[Form], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for command, forms in COMMANDS.items():
        quick.clear()
        for out in ([], ["--out", "elsewhere"]):
            code, printed, _ = run(command, *out)
            assert code == 0
            for path in printed.splitlines():
                assert (tmp_path / path).is_file()
                assert (path.partition("/")[0] == "elsewhere") is bool(out)
        assert quick == [*forms, *forms]
    assert {form for forms in COMMANDS.values() for form in forms} == set(Form)


@pytest.mark.usefixtures("published")
def test_a_pack_that_is_kept_is_written_and_not_made_anew(run: Run, quick: list[Form], tmp_path: Path) -> None:
    for out in ("first", "second"):
        assert run("pack", "--out", str(tmp_path / out))[0] == 0
    assert quick == list(Form)
    assert (tmp_path / "first" / f"{FOLDER}.zip").read_bytes() == (tmp_path / "second" / f"{FOLDER}.zip").read_bytes()


@pytest.mark.usefixtures("quick")
def test_a_release_of_the_demonstration_says_so_in_names_and_in_its_list(
    run: Run, published: None, tmp_path: Path
) -> None:
    del published
    with writing() as session:
        session.exec(select(Release)).one().made_up = True
    run("pack", "--out", str(tmp_path))
    run("data", "--out", str(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir() if "made-up" in path.name) == [
        f"made-up-open-data-{REF}",
        f"made-up-{FOLDER}.zip",
    ]
    with zipfile.ZipFile(tmp_path / f"made-up-{FOLDER}.zip") as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files[MANIFEST])
    assert manifest["made_up"] is True
    assert manifest["review"].endswith("(made up)")
    assert "Everything in this pack is made up." in manifest["note"]
    assert manifest["note"] in files[READ_ME].decode()
    assert f"made-up-briefing-{REF}.pdf" in files


@pytest.mark.usefixtures("quick")
def test_what_cannot_be_written_is_said_in_one_line(run: Run, published: None, tmp_path: Path) -> None:
    del published
    for command in (*COMMANDS, "pack"):
        code, printed, error = run(command, "--release", "1999.1", "--out", str(tmp_path / "none"))
        assert (code, printed, error) == (1, "", "There is no release 1999.1.\n")
    (tmp_path / "file").write_bytes(b"")
    code, _, error = run("briefing", "--out", str(tmp_path / "file"))
    assert (code, error.count("\n")) == (1, 1)
    assert "cannot be used" in error
    with writing() as session:
        withdraw_release(session, viewer=OPERATOR, ref=REF, reason="A wrong list.")
    for command in (*COMMANDS, "pack"):
        code, _, error = run(command, "--release", REF, "--out", str(tmp_path / "none"))
        assert (code, error.count("\n")) == (1, 1)
        assert error.startswith(f"Release {REF} was withdrawn")
    assert not (tmp_path / "none").exists()


@pytest.mark.usefixtures("published")
def test_slides_take_on_the_look_of_a_file_and_say_where_it_has_none(run: Run, tmp_path: Path) -> None:
    look, letter = tmp_path / "look.pptx", tmp_path / "letter.pptx"
    ours = Presentation()
    ours.slide_width, ours.slide_height = Inches(10), Inches(7.5)
    ours.save(str(look))
    letter.write_bytes(b"Dear all, see you at the conference.")
    carrying = tmp_path / "carrying.pptx"
    carrying.write_bytes(look.read_bytes())
    with zipfile.ZipFile(carrying, "a") as package:
        package.writestr("ppt/embeddings/another.bin", b"another file")
    code, printed, _ = run("slides", "--out", str(tmp_path), "--template", str(look))
    assert code == 0
    assert Presentation(printed.strip()).slide_width == Inches(10)
    for wrong in (letter, carrying, tmp_path / "none.pptx"):
        code, printed, error = run("slides", "--out", str(tmp_path), "--template", str(wrong))
        assert (code, printed, error.count("\n")) == (1, "", 1)
