"""A list of organisations from a file: what stands in it, what is wrong with it, and adding all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, select

from charter import audit, clock
from charter.organisations.fields import Fields
from charter.organisations.lookalikes import current_names
from charter.organisations.names import alike, normal_name
from charter.organisations.wards import list_wards
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError
from charter.sources.organisation_rows import COLUMNS, REQUIRED, Problem, read_rows
from charter.sources.tables import read_table
from charter.words import listed
from db.bulk import insert_rows
from db.models import Organisation


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


def read_organisations(session: Session, *, viewer: Viewer, content: bytes) -> Import:
    """Say what importing a file would do, and change nothing.

    Args:
        session: a session.
        viewer: a coordinator or the operator.
        content: a workbook (.xlsx) or a CSV file with the columns `name` and `kind`, and with any of `income`,
            `ward`, `email`, `phone` and `org_id`.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        FieldError: the file is not one of the two, or too large.
    """
    require(viewer, Act.KEEP_ORGANISATIONS)
    table = read_table(content)
    missing = tuple(name for name in COLUMNS if name not in table.headings)
    lacking = [name for name in REQUIRED if name in missing]
    if lacking:
        said = f"The column {listed(lacking)} is missing. The first row should name the columns: {listed(COLUMNS)}."
        return Import(problems=(Problem(0, "", said),), missing=missing)
    today = clock.today()
    wards = [ward for ward in list_wards(session, viewer=viewer) if ward.in_force(today)]
    rows, problems = read_rows(table, wards)
    new, already = _known_already(session, rows)
    return Import(
        problems=problems,
        new=tuple(fields for _, fields in new),
        already=already,
        lookalikes=_lookalikes(session, new),
        not_used=tuple(heading for heading in table.headings if heading not in COLUMNS),
        missing=missing,
    )


def import_organisations(
    session: Session, *, viewer: Viewer, content: bytes, leave_out_lookalikes: bool = False
) -> Import:
    """Add every organisation of a file that is not on the list yet, or nothing at all where something is wrong.

    Args:
        session: a writing session.
        viewer: a coordinator or the operator.
        content: the file; see `read_organisations`.
        leave_out_lookalikes: whether to leave those out that look like another.

    Raises:
        NotAllowedError: the viewer may not keep the list.
        FieldError: the file cannot be read, or something in it is wrong: it names the first places. Nothing was added.
    """
    found = read_organisations(session, viewer=viewer, content=content)
    if found.problems:
        raise FieldError("file", f"{'; '.join(str(problem) for problem in found.problems[:5])} Nothing was added.")
    left_out = {one.name for one in found.lookalikes} if leave_out_lookalikes else set()
    rows = [fields for fields in found.new if fields.name not in left_out]
    insert_rows(session, Organisation, [_as_row(fields) for fields in rows])
    detail = {"added": len(rows), "already": len(found.already), "lookalikes": len(found.lookalikes)}
    audit.record(session, viewer, act="organisations_imported", subject=f"{len(rows)} organisations", detail=detail)
    return replace(found, added=len(rows))


def _known_already(
    session: Session, rows: Sequence[tuple[int, Fields]]
) -> tuple[list[tuple[int, Fields]], tuple[Alike, ...]]:
    names = {row.name.casefold(): row.name for row in current_names(session)}
    refs = dict(session.exec(select(Organisation.ref, Organisation.name)).all())
    new, already = [], []
    for number, fields in rows:
        other = refs.get(fields.ref) or names.get(fields.name.casefold())
        if other is None:
            new.append((number, fields))
        else:
            already.append(Alike(number, fields.name, other))
    return new, tuple(already)


def _lookalikes(session: Session, rows: Sequence[tuple[int, Fields]]) -> tuple[Alike, ...]:
    """Find the new rows that look like a row before them, or like an organisation on the list."""
    normal = [normal_name(fields.name) for _, fields in rows]
    listed_names = [row.name for row in current_names(session)]
    others = [normal_name(name) for name in listed_names]
    found: dict[int, str] = {}
    for row, other in alike(normal, [*others, *normal]):
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
