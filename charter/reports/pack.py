"""The review pack: every form of a release in one ZIP, with a list of its files and their checksums."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from charter import clock
from charter.reports.archives import zipped
from charter.reports.contents import Contents
from charter.reports.forms import FORMS, ZIP, Form, file_name, make_files
from charter.words import marked

NAME = "review-pack.zip"
MANIFEST, CHECKSUMS, READ_ME = "manifest.json", "SHA256SUMS", "README.txt"
STEPS = len(Form) + 1  # the forms, and putting them together
_MADE_UP = (
    "Everything in this pack is made up. It shows how the site works: no organisation in it is real, and no figure "
    "was ever measured."
)

_CHECKING = (
    f"{MANIFEST} lists every file. {CHECKSUMS} has a checksum for each, which shows that none was changed since. On "
    f"Linux and macOS, `shasum -a 256 --check {CHECKSUMS}` compares them."
)


@dataclass(frozen=True)
class Packed:
    """A file of the pack: its path in it, what form it belongs to, and its bytes."""

    path: str
    form: Form
    content: bytes

    @property
    def sha256(self) -> str:
        """The checksum."""
        return hashlib.sha256(self.content).hexdigest()


def make_pack(contents: Contents, *, address: str, begin: Callable[[str], None] = lambda _said: None) -> bytes:
    """Make the pack. The same release gives the same bytes.

    Args:
        contents: what the release holds.
        address: where people reach the site.
        begin: is told before each of `STEPS` steps what is made in it. What it raises ends the work.

    Returns:
        A ZIP file with one folder in it.
    """
    files: list[Packed] = []
    for form in Form:
        begin(f"Making: {FORMS[form].title} ({FORMS[form].kind}).")
        files += _files_of(form, contents, address=address)
    begin("Putting the files together.")
    release = contents.release
    folder = file_name(NAME, ref=release.ref, made_up=release.made_up).removesuffix(".zip")
    named = {each.path: each.content for each in files}
    told = {
        READ_ME: _read_me(contents, files),
        MANIFEST: json.dumps(_manifest(contents, files, address=address), ensure_ascii=False, indent=2) + "\n",
        CHECKSUMS: "".join(f"{each.sha256}  {each.path}\n" for each in files),
    }
    whole = {name: words.encode() for name, words in told.items()} | named
    return zipped({f"{folder}/{path}": content for path, content in whole.items()}, moment=release.published_at)


def _files_of(form: Form, contents: Contents, *, address: str) -> Iterator[Packed]:
    release = contents.release
    for path, content in make_files(form, contents, address=address).items():
        if FORMS[form].media_type == ZIP:
            yield Packed(f"{form.value.removesuffix('.zip')}/{path}", form, content)
        else:
            yield Packed(file_name(path, ref=release.ref, made_up=release.made_up), form, content)


def _manifest(contents: Contents, files: list[Packed], *, address: str) -> Mapping[str, object]:
    release = contents.release
    return {
        "release": release.ref,
        "review": marked(release.period_title, made_up=release.made_up),
        "assessed": release.charter_title,
        "published": release.published_at.isoformat(),
        "correction": release.reason,
        "made_up": release.made_up,
        "note": _MADE_UP if release.made_up else "",
        "address": f"{address}/?release={release.ref}",
        "files": [
            {
                "path": each.path,
                "what": f"{FORMS[each.form].title} ({FORMS[each.form].kind})",
                "bytes": len(each.content),
                "sha256": each.sha256,
            }
            for each in files
        ],
    }


def _read_me(contents: Contents, files: list[Packed]) -> str:
    release = contents.release
    name = marked(release.period_title, made_up=release.made_up)
    published = clock.day_in_words(clock.local(release.published_at).date())
    paragraphs = [
        f"{name}: {release.charter_title}",
        *([_MADE_UP] if release.made_up else []),
        f"This is release {release.ref}, published on {published}. Every figure in these files is from it.",
        *([f"It puts an earlier release right. The reason: {release.reason}"] if release.reason else []),
        "\n".join(_lines(files)),
        _CHECKING,
    ]
    return "\n\n".join(paragraphs) + "\n"


def _lines(files: list[Packed]) -> Iterator[str]:
    """Say what each form is, under the file or the folder that it is in."""
    for form in Form:
        paths = [each.path for each in files if each.form is form]
        if paths:
            place = paths[0].partition("/")[0] + "/" if FORMS[form].media_type == ZIP else paths[0]
            yield f"{place}\n    {FORMS[form].title}. {FORMS[form].what}"
