"""The charity register's extract: what it says of the charities that are looked for, by number or by name."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from charter.organisations.names import normal_name
from charter.rules.refusals import FieldError
from charter.sources.org_ids import charity_id
from charter.sources.register_tables import (
    ON_THE_PAGE,
    RegisterFile,
    RegisterLimits,
    RegisterTable,
    known_files,
    read_register_day,
)
from charter.sources.row_findings import WHOLE_FILE, Finding
from charter.words import listed

_REMOVED, _YES = "Removed", "True"
_NAME_LIMIT = 200  # letters
_MOST = 10**9  # people, or pounds for a hundred: more is a slip of the pen
_MISSING = {RegisterTable.VOLUNTEERS: "volunteers", RegisterTable.EMPLOYEES: "paid staff"}


@dataclass(frozen=True)
class Charity:
    """What the register says of a charity.

    Attributes:
        ref: its org-id, in the form in which org-ids are compared.
        number: its number in the register.
        removed_on: when it was taken off the register, which is when it closed; None while it stands there.
        income: pounds in the year that ended on `accounts_end_on`, None where it is not said.
        employees: paid staff; None where it is not said.
        volunteers: None where it is not said.
        in_area: whether it works in the area that was asked for.
    """

    ref: str
    number: str
    name: str
    registered_on: date | None
    removed_on: date | None
    income: Decimal | None
    accounts_end_on: date | None
    employees: int | None = None
    volunteers: int | None = None
    in_area: bool = False


@dataclass(frozen=True)
class Register:
    """What files of the extract hold: of which day, how many charities, those looked for, and what is to be said."""

    extracted_on: date
    rows: int
    charities: tuple[Charity, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class LookedFor:
    """The charities that are looked for: by org-id, by name as names are compared, and by the area they work in."""

    refs: frozenset[str]
    names: frozenset[str]
    area: str = ""


def read_register(contents: Sequence[bytes], *, wanted: LookedFor, limits: RegisterLimits = ON_THE_PAGE) -> Register:
    """Read the extract's files, of which that of the charities is needed.

    Args:
        contents: the files' bytes, packed as they come, each of one table; which, is seen from its columns.
        wanted: whom to look for. What is said of others is not kept.
        limits: how much is taken.

    Raises:
        FieldError: one is no file of the extract or is broken, that of the charities is missing, or they are too large.
    """
    files = {file.table: file for file in known_files(contents, limits)}
    if RegisterTable.CHARITIES not in files:
        raise FieldError("file", "The table of charities is missing: publicextract.charity.zip. Bring it too.")
    in_area = _in_area(files.get(RegisterTable.AREAS), wanted.area)
    found: dict[str, Charity] = {}
    rows, days = 0, set[date]()
    for cells in files[RegisterTable.CHARITIES].rows():
        rows += 1
        if day := read_register_day(cells.get("date_of_extract", "")):
            days.add(day)
        charity = _charity(cells, in_area)
        if charity is not None and _is_wanted(charity, wanted):
            found[charity.ref] = charity
    if not days:
        raise FieldError("file", "The table of charities does not say of which day it is. Nothing was read.")
    volunteers = _counted(files.get(RegisterTable.VOLUNTEERS), "count_volunteers", found)
    employees = _counted(files.get(RegisterTable.EMPLOYEES), "count_employees", found)
    charities = tuple(
        replace(each, volunteers=volunteers.get(ref), employees=employees.get(ref)) for ref, each in found.items()
    )
    return Register(max(days), rows, charities, _missing(files, wanted))


def _in_area(file: RegisterFile | None, area: str) -> Collection[str]:
    if file is None or not area:
        return ()
    place = area.casefold()
    return {
        charity_id(cells.get("registered_charity_number", "")).ref
        for cells in file.rows()
        if cells.get("geographic_area_description", "").casefold() == place
    }


def _is_wanted(charity: Charity, wanted: LookedFor) -> bool:
    """Tell whether a charity is looked for. One that closed is another's namesake too often to go by its name."""
    if charity.ref in wanted.refs:
        return True
    return charity.removed_on is None and (charity.in_area or normal_name(charity.name) in wanted.names)


def _charity(cells: Mapping[str, str], in_area: Collection[str]) -> Charity | None:
    ref = charity_id(cells.get("registered_charity_number", "")).ref
    # A linked charity is a part of the one whose number it shares.
    if not ref or cells.get("linked_charity_number", "0") != "0" or not cells.get("charity_name"):
        return None
    removed = cells.get("charity_registration_status") == _REMOVED
    return Charity(
        ref=ref,
        number=ref.rpartition("-")[2],
        name=cells["charity_name"][:_NAME_LIMIT],
        registered_on=read_register_day(cells.get("date_of_registration", "")),
        removed_on=read_register_day(cells.get("date_of_removal", "")) if removed else None,
        income=_count(cells.get("latest_income", ""), _MOST * 100),
        accounts_end_on=read_register_day(cells.get("latest_acc_fin_period_end_date", "")),
        in_area=ref in in_area,
    )


def _counted(file: RegisterFile | None, column: str, found: Collection[str]) -> dict[str, int]:
    """Give the people that each charity counted in the last year that it reported on."""
    if file is None:
        return {}
    counted: dict[str, int] = {}
    for cells in file.rows():
        ref = charity_id(cells.get("registered_charity_number", "")).ref
        count = _count(cells.get(column, ""), _MOST)
        if ref in found and cells.get("latest_fin_period_submitted_ind") == _YES and count is not None:
            counted[ref] = int(count)
    return counted


def _count(cell: str, most: int) -> Decimal | None:
    whole = cell.partition(".")[0]
    return Decimal(whole) if whole.isdecimal() and whole.isascii() and int(whole[:20]) < most else None


def _missing(files: Collection[RegisterTable], wanted: LookedFor) -> tuple[Finding, ...]:
    lacking = [words for table, words in _MISSING.items() if table not in files]
    found = [Finding(WHOLE_FILE, f"The files do not tell {listed(lacking)}: a table is missing.")] if lacking else []
    if wanted.area and RegisterTable.AREAS not in files:
        found.append(Finding(WHOLE_FILE, "The files do not tell where charities work: a table is missing."))
    return tuple(found)
