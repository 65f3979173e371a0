"""Taking the charity register's extract in: what it says of groups on the list, and who of them has closed.

A group's income is filled in where nobody knew it. Nothing that a person typed is overwritten: where the register says
otherwise, that is said. Groups that work in an area and are not on the list can be added with their name and income.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlmodel import Session, select

from charter import audit
from charter.imports.known import KnownGroup, KnownGroups, known_groups
from charter.imports.ledger import (
    LOCK,
    FileBrought,
    change,
    in_force,
    keep_findings,
    opened,
    write_down,
)
from charter.made_up import is_made_up
from charter.organisations.keeping import locked
from charter.organisations.names import normal_name
from charter.previews import hold_reviews, refuse_if_in_shared
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import RefusedError
from charter.sources.register import Charity, LookedFor, Register
from charter.sources.row_findings import Finding
from db.locks import take_turns
from db.models import FileImport, Organisation, RegisterEntry
from db.types import ImportKind, IncomeBand, OrganisationKind

_LOWER, _UPPER = Decimal(10_000), Decimal(100_000)  # pounds a year


@dataclass(frozen=True)
class RegisterMatch:
    """A charity with the group on the list that it is.

    Attributes:
        charity: what the register says.
        group: the group on the list.
        by_name: whether only the name is the same, so that a person says yes or no.
    """

    charity: Charity
    group: KnownGroup
    by_name: bool


@dataclass(frozen=True)
class RegisterPlan:
    """What the register's files would do, or did.

    Attributes:
        ref: the import's reference; empty while nothing was done, unless the files were taken in before.
        rows: how many rows the table of charities has.
        told: the groups on the list of which something new is known, with what.
        already: how many of which all is known already.
        suggestions: charities with the name of a group on the list: a person says yes or no.
        newcomers: charities of the area that are not on the list.
        findings: what to know: who has closed, whose name or income differs, and what could not be done.
    """

    ref: str
    rows: int
    told: tuple[RegisterMatch, ...]
    already: int
    suggestions: tuple[RegisterMatch, ...]
    newcomers: tuple[Charity, ...]
    findings: tuple[Finding, ...]


def looked_for(session: Session, *, viewer: Viewer, area: str = "") -> LookedFor:
    """Say which charities to look for in the register's files: those of groups on the list.

    Raises:
        NotAllowedError: the viewer may not bring the register.
    """
    require(viewer, Act.BRING_FILES)
    groups = known_groups(session, made_up=is_made_up(session, viewer))
    return LookedFor(frozenset(groups.by_ref), frozenset(groups.by_name), area.strip())


def preview_register(
    session: Session, *, viewer: Viewer, read: Register, file: FileBrought, confirmed: Collection[str] = ()
) -> RegisterPlan:
    """Say what taking the register in would do, and change nothing.

    Args:
        session: a session.
        viewer: a coordinator or the operator.
        read: what was read of the files.
        file: which files they are.
        confirmed: org-ids of charities of which a person said that they are the group of the same name.

    Raises:
        NotAllowedError: the viewer may not bring the register.
    """
    require(viewer, Act.BRING_FILES)
    known = in_force(session, viewer=viewer, kind=ImportKind.REGISTER, file=file)
    return _plan(session, viewer, read, known, confirmed)


def import_register(
    session: Session,
    *,
    viewer: Viewer,
    read: Register,
    file: FileBrought,
    confirmed: Collection[str] = (),
    add_newcomers: bool = False,
) -> RegisterPlan:
    """Take in what the register says of groups on the list.

    Args:
        session: a writing session.
        viewer: a coordinator or the operator.
        read: what was read of the files.
        file: which files they are.
        confirmed: org-ids of charities of which a person said that they are the group of the same name.
        add_newcomers: whether to add the area's charities that are not on the list.

    Raises:
        NotAllowedError: the viewer may not bring the register.
        RefusedError: the files bring nothing that is not there already.
    """
    require(viewer, Act.BRING_FILES)
    hold_reviews(session)
    take_turns(session, LOCK)
    known = in_force(session, viewer=viewer, kind=ImportKind.REGISTER, file=file)
    plan = _plan(session, viewer, read, known, confirmed)
    newcomers = plan.newcomers if add_newcomers else ()
    if not plan.told and not newcomers:
        raise RefusedError("These files bring nothing that is not here already. Nothing was changed.")
    row = opened(session, viewer=viewer, kind=ImportKind.REGISTER, file=file)
    added = tuple(RegisterMatch(each, _add(session, row, each), by_name=False) for each in newcomers)
    findings = [*plan.findings]
    for match in (*plan.told, *added):
        findings += _take(session, row, read, match)
    taken = len(plan.told) + plan.already + len(added)
    row.rows_taken, row.rows_left = taken, max(0, read.rows - taken)
    keep_findings(session, row, findings)
    detail = {"told": len(plan.told), "added": len(added), "file": row.file_name}
    audit.record(session, viewer, act="register_imported", subject=f"import {row.ref}", detail=detail)
    return replace(plan, ref=row.ref, findings=tuple(findings), newcomers=newcomers)


def income_band(income: Decimal | None) -> IncomeBand:
    """Give the band that a year's income in pounds lies in."""
    if income is None:
        return IncomeBand.NOT_KNOWN
    if income < _LOWER:
        return IncomeBand.UNDER_10K
    return IncomeBand.FROM_10K_TO_100K if income <= _UPPER else IncomeBand.OVER_100K


def _plan(
    session: Session, viewer: Viewer, read: Register, known: FileImport | None, confirmed: Collection[str]
) -> RegisterPlan:
    groups = known_groups(session, made_up=is_made_up(session, viewer))
    matches = [found for charity in read.charities if (found := _match(charity, groups)) is not None]
    sure = [each for each in matches if not each.by_name or each.charity.ref in confirmed]
    entries = {row.organisation_id: row for row in session.exec(select(RegisterEntry)).all()}
    told = tuple(each for each in sure if _is_news(entries.get(each.group.id), read, each.charity))
    matched = {each.charity.ref for each in matches}
    return RegisterPlan(
        ref=known.ref if known else "",
        rows=read.rows,
        told=told,
        already=len(sure) - len(told),
        suggestions=tuple(each for each in matches if each.by_name),
        newcomers=tuple(each for each in read.charities if each.in_area and each.ref not in matched),
        findings=(*read.findings, *(finding for each in sure for finding in _said(each))),
    )


def _match(charity: Charity, groups: KnownGroups) -> RegisterMatch | None:
    if group := groups.by_ref.get(charity.ref):
        return RegisterMatch(charity, group, by_name=False)
    group = groups.by_name.get(normal_name(charity.name))
    # A group that has another charity's number is another charity.
    if group is None or group.ref.startswith("GB-CHC-"):
        return None
    return RegisterMatch(charity, group, by_name=True)


def _is_news(entry: RegisterEntry | None, read: Register, charity: Charity) -> bool:
    """Tell whether an extract says something new: an older one never takes back what a later one says."""
    return entry is None or (
        entry.extracted_on <= read.extracted_on
        and any(getattr(entry, name) != value for name, value in _columns(charity).items())
    )


def _said(match: RegisterMatch) -> list[Finding]:
    charity, group, found = match.charity, match.group, list[Finding]()
    if charity.removed_on is not None:
        said = (
            f"It was taken off the register on {charity.removed_on}. Look whether it has closed, and give its last day."
        )
        found.append(Finding(group.name, said))
    if normal_name(charity.name) != normal_name(group.name):
        found.append(Finding(group.name, f"The register calls it {charity.name}. Its name here stays."))
    band = income_band(charity.income)
    if IncomeBand.NOT_KNOWN not in {band, group.income_band} and band is not group.income_band:
        found.append(Finding(group.name, f"The register says £{charity.income:,.0f} a year. Its income here stays."))
    return found


def _columns(charity: Charity) -> dict[str, Any]:
    return {
        "charity_number": charity.number,
        "name": charity.name,
        "registered_on": charity.registered_on,
        "removed_on": charity.removed_on,
        "income": charity.income,
        "accounts_end_on": charity.accounts_end_on,
        "employees": charity.employees,
        "volunteers": charity.volunteers,
    }


def _take(session: Session, row: FileImport, read: Register, match: RegisterMatch) -> list[Finding]:
    """Keep what the register says of a group, and fill its income in where nobody knew it."""
    values = {**_columns(match.charity), "extracted_on": read.extracted_on, "file_import_id": row.id}
    entry = session.exec(select(RegisterEntry).where(RegisterEntry.organisation_id == match.group.id)).first()
    if entry is None:
        entry = RegisterEntry(organisation_id=match.group.id, **values)
        session.add(entry)
        session.flush()
        write_down(session, row, (entry, None))
    else:
        write_down(session, row, (entry, change(entry, values)))
    band = income_band(match.charity.income)
    if match.group.income_band is not IncomeBand.NOT_KNOWN or band is IncomeBand.NOT_KNOWN:
        return []
    organisation = locked(session, match.group.id)
    try:
        refuse_if_in_shared(session, organisation_id=match.group.id)
    except RefusedError as refusal:
        return [Finding(match.group.name, str(refusal))]
    write_down(session, row, (organisation, change(organisation, {"income_band": band})))
    return []


def _add(session: Session, row: FileImport, charity: Charity) -> KnownGroup:
    band = income_band(charity.income)
    added = Organisation(
        ref=charity.ref,
        name=charity.name,
        kind=OrganisationKind.VOLUNTARY,
        income_band=band,
        starts_on=charity.registered_on,
        made_up=row.made_up,
    )
    session.add(added)
    session.flush()
    write_down(session, row, (added, None))
    return KnownGroup(added.id or 0, added.ref, added.name, band)
