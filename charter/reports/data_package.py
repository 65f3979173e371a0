"""What is told of open data: the Data Package's descriptor, for programs, and a text for people.

The descriptor is that of the Data Package standard, version 2.0.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from charter import clock
from charter.releases import ReleaseFound
from charter.reports.columns import Column, Outline
from charter.reports.licence import LICENCE
from charter.words import hidden_note, marked

DESCRIPTOR, READ_ME = "datapackage.json", "README.txt"
MADE_UP = "Demonstration: everything in these files is made up, and nothing in them is real."
_PROFILES = "https://datapackage.org/profiles/2.0"
_MEDIA = {"csv": "text/csv", "json": "application/json"}
_APOSTROPHE = (
    "In CSV files, words that a spreadsheet program would take for a formula have an apostrophe before them. In JSON "
    "files they stand as they are."
)
_EMPTY = "An empty cell, or null, holds nothing: where it is a hidden figure, the column “mark” of the row says so."


@dataclass(frozen=True)
class File:
    """A table as a file.

    Attributes:
        outline: the table.
        form: `csv` or `json`.
        columns: the columns that the file has.
        content: its bytes.
    """

    outline: Outline
    form: str
    columns: tuple[Column, ...]
    content: bytes

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.outline.name}.{self.form}"


def package(release: ReleaseFound, files: Sequence[File], *, address: str) -> dict[str, Any]:
    """Describe the open data of a release.

    Args:
        release: the release.
        files: its files.
        address: where people reach the site.

    Returns:
        The descriptor, ready to be written as JSON.
    """
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": f"charter-{release.ref}",
        "id": f"{address}/open-data/{release.ref}/{DESCRIPTOR}",
        "title": title_of(release),
        "description": " ".join(_about(release)),
        "homepage": f"{address}/data?release={release.ref}",
        "version": release.ref,
        "created": release.published_at.isoformat(),
        "made_up": release.made_up,
        "licenses": [{"name": LICENCE.name, "title": LICENCE.title, "path": LICENCE.address}],
        "sources": [
            {"title": title_of(release), "path": f"{address}/?release={release.ref}"},
            {"title": "How the figures are made", "path": f"{address}/method?release={release.ref}"},
        ],
        "resources": [_resource(file) for file in files],
    }


def title_of(release: ReleaseFound) -> str:
    """Name what the files are of, with the mark of what is made up."""
    return marked(f"{release.period_title}: {release.charter_title}", made_up=release.made_up)


def read_me(release: ReleaseFound, outlines: Sequence[Outline], *, address: str) -> str:
    """Tell a person what the files are and how to read them."""
    first = f"{address}/open-data/{release.ref}/{outlines[0].name}.csv"
    tables = [f"{each.name}.csv, {each.name}.json\n  {each.title}. {each.means}" for each in outlines]
    parts = [
        title_of(release),
        *_about(release),
        f"{DESCRIPTOR} says what each column is, its unit and where it comes from.",
        f"Each file has an address of its own, such as {first}",
        f"With “latest” in place of {release.ref}, an address leads to the newest release.",
        f"You may use the files under the {LICENCE.title}: {LICENCE.address}",
        "The files:",
        *tables,
    ]
    return "\n\n".join(parts) + "\n"


def _about(release: ReleaseFound) -> list[str]:
    day = clock.day_in_words(clock.local(release.published_at).date())
    said = [MADE_UP] if release.made_up else []
    said.append(f"Release {release.ref}, published on {day}. A published figure never changes.")
    if release.reason:
        said.append(f"This release corrects the one before: {release.reason}")
    return [*said, _EMPTY, hidden_note(release.threshold), _APOSTROPHE]


def _resource(file: File) -> dict[str, Any]:
    # A JSON file has no checksum here: programs that read it do so as values, and could not compare it.
    is_csv = file.form == "csv"
    sums = {"bytes": len(file.content), "hash": f"sha256:{hashlib.sha256(file.content).hexdigest()}"}
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": file.outline.name if is_csv else f"{file.outline.name}-json",
        "type": "table",
        "path": file.name,
        "title": file.outline.title,
        "description": file.outline.means,
        "format": file.form,
        "mediatype": _MEDIA[file.form],
        "encoding": "utf-8",
        **(sums if is_csv else {}),
        "sources": [{"title": file.outline.source}],
        "schema": {
            "$schema": f"{_PROFILES}/tableschema.json",
            "fields": [_field(column) for column in file.columns],
            "missingValues": [""],
            "primaryKey": list(file.outline.key),
        },
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.kind.value,
        "title": column.title,
        "description": column.means,
    }
    if column.unit:
        field["unit"] = column.unit
    if column.words:
        field["categories"] = [{"value": str(code), "label": words} for code, words in column.words.items()]
    return field
