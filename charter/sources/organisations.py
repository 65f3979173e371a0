"""A list of organisations from a file: what stands in it, what is wrong with it, and adding all of it or nothing.

A long list takes seconds to read and to compare, so both are done before anything is written. The write itself is
short: it looks once more what is on the list by then, and adds the rest in one statement.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlmodel import Session, select

from charter import audit, clock
from charter.organisations.fields import Fields
from charter.organisations.lookalikes import current_names
from charter.organisations.names import alike, normal_name
from charter.organisations.wards import WardFound, list_wards
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError
from charter.sources.organisation_rows import COLUMNS, REQUIRED, Problem, read_rows
from charter.sources.tables import read_table
from charter.words import listed
from db.bulk import insert_rows
from db.locks import take_turns
from db.models import Organisation

_LISTS = 3_370_914_265  # the lock of those who bring lists: two who bring the same one at once add it once


class Stage(StrEnum):
    """What is being done with the rows of a file."""

    READING = "reading"
    COMPARING = "comparing"


# Is told now and then what is being done, with how many rows it has been done, and how many there are.
Progress = Callable[[Stage, int, int], None]


@dataclass(frozen=True)
class OnTheList:
    """What a file is compared with.

    Attributes:
        wards: those in force today.
        names: the names of those who are there today, by the name in small letters.
        refs: the names of all by their reference, those that have ended too.
    """

    wards: tuple[WardFound, ...]
    names: Mapping[str, str]
    refs: Mapping[str, str]


@dataclass(frozen=True)
class Alike:
    """A row whose organisation is on the list already, or looks like one that is, or like another row."""

    row: int
    name: str
    other: str


@dataclass(frozen=True)
class Import:
    """What a file would do, or did.

    Attributes:
        problems: what is wrong; while there is anything, nothing is added.
        new: the organisations that are not on the list yet.
        already: rows whose organisation is on the list, by its org-id or by exactly its name: not added again.
        lookalikes: new rows with nearly the name of another row, or of an organisation on the list.
        not_used: headings that mean nothing here.
        missing: headings that are not there and need not be.
        added: how many were added; 0 for a dry run.
    """

    problems: tuple[Problem, ...] = ()
    new: tuple[Fields, ...] = ()
    already: tuple[Alike, ...] = ()
    lookalikes: tuple[Alike, ...] = ()
    not_used: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: int = 0


def on_the_list(session: Session, *, viewer: Viewer) -> OnTheList:
    """Read what a file is compared with.

    Raises:
        NotAllowedError: the viewer may not keep the list.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    today = clock.today()
    return OnTheList(
        wards=tuple(ward for ward in list_wards(session, viewer=viewer) if ward.in_force(today)),
        names={row.name.casefold(): row.name for row in current_names(session)},
        refs=dict(session.exec(select(Organisation.ref, Organisation.name)).all()),
    )


def read_organisations(content: bytes, *, known: OnTheList, progress: Progress = lambda *_: None) -> Import:
    """Say what importing a file would do, and change nothing. It needs no session: 10,000 rows take some seconds.

    Args:
        content: a workbook (.xlsx) or a CSV file with the columns `name` and `kind`, and with any of `income`,
            `ward`, `email`, `phone` and `org_id`.
        known: what it is compared with.
        progress: is told how far it is.

    Raises:
        FieldError: the file is not one of the two, or too large.
    """
    table = read_table(content)
    missing = tuple(name for name in COLUMNS if name not in table.headings)
    lacking = [name for name in REQUIRED if name in missing]
    if lacking:
        said = f"The column {listed(lacking)} is missing. The first row should name the columns: {listed(COLUMNS)}."
        return Import(problems=(Problem(0, "", said),), missing=missing)
    total = len(table.rows)
    rows, problems = read_rows(table, known.wards, read=lambda row: progress(Stage.READING, row, total))
    new, already = _known_already(known, rows)
    return Import(
        problems=problems,
        new=tuple(fields for _, fields in new),
        already=already,
        lookalikes=_lookalikes(known, new, progress),
        not_used=tuple(heading for heading in table.headings if heading not in COLUMNS),
        missing=missing,
    )


def import_organisations(
    session: Session, *, viewer: Viewer, found: Import, leave_out_lookalikes: bool = False
) -> Import:
    """Add every organisation of a file that is not on the list, or nothing at all where something is wrong.

    Args:
        session: a writing session.
        viewer: a coordinator or the operator.
        found: what `read_organisations` made of the file. Whoever came on the list since is not added again.
        leave_out_lookalikes: whether to leave those out that look like another.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        FieldError: something in the file is wrong: it names the first places. Nothing was added.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    if found.problems:
        raise FieldError("file", f"{'; '.join(str(problem) for problem in found.problems[:5])} Nothing was added.")
    left_out = {one.name for one in found.lookalikes} if leave_out_lookalikes else set()
    wanted = [(0, fields) for fields in found.new if fields.name not in left_out]
    take_turns(session, _LISTS)
    rows, meanwhile = _known_already(on_the_list(session, viewer=viewer), wanted)
    insert_rows(session, Organisation, [_as_row(fields) for _, fields in rows])
    already = (*found.already, *meanwhile)
    detail = {"added": len(rows), "already": len(already), "lookalikes": len(found.lookalikes)}
    audit.record(session, viewer, act="organisations_imported", subject=f"{len(rows)} organisations", detail=detail)
    return replace(found, already=already, added=len(rows))


def _known_already(
    known: OnTheList, rows: Sequence[tuple[int, Fields]]
) -> tuple[list[tuple[int, Fields]], tuple[Alike, ...]]:
    new, already = [], []
    for number, fields in rows:
        other = known.refs.get(fields.ref) or known.names.get(fields.name.casefold())
        if other is None:
            new.append((number, fields))
        else:
            already.append(Alike(number, fields.name, other))
    return new, tuple(already)


def _lookalikes(known: OnTheList, rows: Sequence[tuple[int, Fields]], progress: Progress) -> tuple[Alike, ...]:
    """Find the new rows that look like a row before them, or like an organisation on the list."""
    normal = [normal_name(fields.name) for _, fields in rows]
    listed_names = list(known.names.values())
    others = [normal_name(name) for name in listed_names]
    found: dict[int, str] = {}
    told = len(rows)
    for row, other in alike(normal, [*others, *normal], compared=lambda done: progress(Stage.COMPARING, done, told)):
        earlier = other - len(others)
        if earlier < 0:
            found.setdefault(row, listed_names[other])
        elif earlier < row:
            found.setdefault(row, f"{rows[earlier][1].name} (row {rows[earlier][0]})")
    return tuple(Alike(rows[row][0], rows[row][1].name, other) for row, other in sorted(found.items()))


def _as_row(fields: Fields) -> dict[str, object]:
    return {
        "ref": fields.ref,
        "name": fields.name,
        "kind": fields.kind,
        "income_band": fields.income_band,
        "ward_id": fields.ward_id,
        "email": fields.email or None,
        "phone": fields.phone or None,
        "made_up": False,
    }
