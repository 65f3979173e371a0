"""Taking grants in: what a file would do, and doing it. Grants to groups on the list are kept and added up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlmodel import Session, col, select

from charter import audit
from charter.imports.grant_sums import keep_sums
from charter.imports.known import KnownGroup, known_groups
from charter.imports.ledger import (
    LOCK,
    FileBrought,
    change,
    in_force,
    keep_findings,
    opened,
    write_down,
    write_down_new,
)
from charter.imports.matching import Matched, Suggestion, match, recipient_key
from charter.made_up import is_made_up
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import RefusedError
from charter.sources.grants import POUNDS, Grant, GrantFile
from charter.sources.row_findings import Finding
from db.bulk import insert_rows
from db.locks import take_turns
from db.models import AwardedGrant, FileImport, Organisation
from db.types import ImportKind

_AT_ONCE = 500  # identifiers in one query
_APART = "This grant is here already, and one of the two is made up. Made-up groups and real ones are kept apart."
_ELSEWHERE = "Another file says something else of this grant, and came later. What that file says stays."


@dataclass(frozen=True)
class GrantPlan:
    """What a file of grants would do, or did.

    Attributes:
        ref: the import's reference; empty while nothing was done, unless the file was taken in before.
        rows: how many rows the file has.
        new: how many grants come in.
        changed: how many that are in the store already get other figures.
        already: how many are in the store as the file has them.
        money: what the new ones come to, in pounds.
        groups: how many groups the file's grants went to.
        suggestions: recipients that may be groups on the list: a person says yes or no.
        findings: why rows are left out, and warnings.
    """

    ref: str
    rows: int
    new: int
    changed: int
    already: int
    money: Decimal
    groups: int
    suggestions: tuple[Suggestion, ...]
    findings: tuple[Finding, ...]

    @property
    def left(self) -> int:
        """How many rows are left out."""
        return sum(1 for each in self.findings if each.left)

    @property
    def nothing_to_do(self) -> bool:
        """Whether the store holds all that the file could bring."""
        return not self.new and not self.changed


@dataclass(frozen=True)
class _Sorted:
    new: tuple[tuple[Grant, KnownGroup], ...]
    changed: tuple[tuple[Grant, AwardedGrant], ...]
    already: int
    refused: tuple[Finding, ...]


def preview_grants(
    session: Session, *, viewer: Viewer, read: GrantFile, file: FileBrought, confirmed: Collection[str] = ()
) -> GrantPlan:
    """Say what taking a file in would do, and change nothing.

    Args:
        session: a session.
        viewer: a coordinator or the operator.
        read: what was read of the file.
        file: which file it is.
        confirmed: the keys of the suggestions that a person said yes to.

    Raises:
        NotAllowedError: the viewer may not bring grants.
    """
    require(viewer, Act.BRING_FILES)
    matched = _matched(session, viewer, read, confirmed)
    known = in_force(session, viewer=viewer, kind=ImportKind.GRANTS, file=file)
    sorted_ = _sort(session, matched, known, made_up=is_made_up(session, viewer))
    return _plan(read, matched, sorted_, known)


def import_grants(
    session: Session, *, viewer: Viewer, read: GrantFile, file: FileBrought, confirmed: Collection[str] = ()
) -> GrantPlan:
    """Take a file of grants in, all that can be taken or nothing, and add the money up anew.

    A file that was taken in before adds only what it could not bring then, such as a group that came on the list since.

    Args:
        session: a writing session.
        viewer: a coordinator or the operator.
        read: what was read of the file.
        file: which file it is.
        confirmed: the keys of the suggestions that a person said yes to.

    Raises:
        NotAllowedError: the viewer may not bring grants.
        RefusedError: the file brings nothing that is not there already.
    """
    require(viewer, Act.BRING_FILES)
    take_turns(session, LOCK)
    matched = _matched(session, viewer, read, confirmed)
    known = in_force(session, viewer=viewer, kind=ImportKind.GRANTS, file=file)
    sorted_ = _sort(session, matched, known, made_up=is_made_up(session, viewer))
    if not sorted_.new and not sorted_.changed:
        raise RefusedError("This file brings nothing that is not here already. Nothing was changed.")
    row = opened(session, viewer=viewer, kind=ImportKind.GRANTS, file=file)
    _add(session, row, sorted_.new)
    for grant, kept in sorted_.changed:
        write_down(session, row, (kept, change(kept, {**_columns(grant), "file_import_id": row.id})))
    session.flush()
    plan = _plan(read, matched, sorted_, row)
    row.rows_taken, row.rows_left = plan.rows - plan.left, plan.left
    keep_findings(session, row, plan.findings)
    keep_sums(session, viewer=viewer, made_up=row.made_up, file_import_id=row.id)
    detail = {"new": plan.new, "changed": plan.changed, "left": plan.left, "file": row.file_name}
    audit.record(session, viewer, act="grants_imported", subject=f"import {row.ref}", detail=detail)
    return plan


def _matched(session: Session, viewer: Viewer, read: GrantFile, confirmed: Collection[str]) -> Matched:
    groups = known_groups(session, made_up=is_made_up(session, viewer))
    by_id = {group.id: group for group in groups.by_ref.values()}
    stored = select(AwardedGrant.recipient_ref, AwardedGrant.recipient_name, AwardedGrant.organisation_id).distinct()
    before = {recipient_key(ref, name): by_id[key] for ref, name, key in session.exec(stored) if key in by_id}
    return match(read.grants, groups, before=before, confirmed=confirmed)


def _sort(session: Session, matched: Matched, known: FileImport | None, *, made_up: bool) -> _Sorted:
    """Tell which grants are new. A file that comes again never takes back what a later one says."""
    stored = _stored(session, [grant.identifier for grant, _ in matched.grants])
    apart = set(session.exec(select(Organisation.id).where(Organisation.made_up != made_up))) if stored else set()
    new, changed, refused, already = [], [], list[Finding](), 0
    for grant, group in matched.grants:
        row = stored.get(grant.identifier)
        if row is None:
            new.append((grant, group))
        elif row.organisation_id in apart:
            refused.append(Finding(grant.place, _APART, left=True))
        elif all(getattr(row, name) == value for name, value in _columns(grant).items()):
            already += 1
        elif known is not None:
            refused.append(Finding(grant.place, _ELSEWHERE, left=True))
        else:
            changed.append((grant, row))
    return _Sorted(tuple(new), tuple(changed), already, tuple(refused))


def _stored(session: Session, identifiers: list[str]) -> dict[str, AwardedGrant]:
    found: dict[str, AwardedGrant] = {}
    for start in range(0, len(identifiers), _AT_ONCE):
        part = identifiers[start : start + _AT_ONCE]
        rows = session.exec(select(AwardedGrant).where(col(AwardedGrant.identifier).in_(part)))
        found |= {row.identifier: row for row in rows}
    return found


def _add(session: Session, row: FileImport, new: Sequence[tuple[Grant, KnownGroup]]) -> None:
    insert_rows(
        session,
        AwardedGrant,
        [{**_columns(grant), **_group_columns(group), "file_import_id": row.id} for grant, group in new],
    )
    kept = _stored(session, [grant.identifier for grant, _ in new])
    write_down_new(session, row, AwardedGrant, [each.id or 0 for each in kept.values()])


def _columns(grant: Grant) -> Mapping[str, object]:
    """Give what the store keeps of a grant, beside the group that it went to."""
    return {
        "identifier": grant.identifier,
        "recipient_ref": next(iter(grant.recipients), ""),
        "recipient_name": grant.recipient_name,
        "funder_ref": grant.funder_ref,
        "funder_name": grant.funder_name,
        "title": grant.title,
        "amount": grant.amount,
        "currency": POUNDS,
        "awarded_on": grant.awarded_on,
    }


def _group_columns(group: KnownGroup) -> Mapping[str, object]:
    return {"organisation_id": group.id, "income_band": group.income_band}


def _plan(read: GrantFile, matched: Matched, sorted_: _Sorted, row: FileImport | None) -> GrantPlan:
    return GrantPlan(
        ref=row.ref if row else "",
        rows=read.rows,
        new=len(sorted_.new),
        changed=len(sorted_.changed),
        already=sorted_.already,
        money=sum((grant.amount for grant, _ in sorted_.new), Decimal(0)),
        groups=len({group.id for _, group in matched.grants}),
        suggestions=matched.suggestions,
        findings=tuple(sorted((*read.findings, *matched.left, *sorted_.refused), key=_row_of)),
    )


def _row_of(finding: Finding) -> int:
    """Give the number of a finding's row, 0 for the file as a whole: what is said then stands in the file's order."""
    number = finding.place.rpartition(" ")[2]
    return int(number) if number.isdecimal() else 0
