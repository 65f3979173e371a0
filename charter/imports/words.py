"""What is said of a file that comes in, in a sentence or two."""

from collections.abc import Mapping
from types import MappingProxyType

from charter.imports.grants import GrantPlan
from charter.imports.measurements import MeasurementPlan
from charter.imports.register import RegisterPlan
from charter.words import listed
from db.types import ImportKind

IMPORT_KINDS: Mapping[ImportKind, str] = MappingProxyType(
    {
        ImportKind.GRANTS: "Grants",
        ImportKind.REGISTER: "Charity register",
        ImportKind.MEASUREMENTS: "Measurements",
    }
)


def counted(number: int, one: str, several: str = "") -> str:
    """Count things in words: 1 grant, 2 grants."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


def grants_said(plan: GrantPlan) -> str:
    """Say what a file of grants would do, with every row of it accounted for."""
    money = f"{counted(plan.new, 'grant')} of £{plan.money:,.0f} in all {'is' if plan.new == 1 else 'are'} new"
    parts = [money]
    if plan.changed:
        parts.append(f"{counted(plan.changed, 'grant')} here already {_get(plan.changed)} other figures")
    if plan.already:
        parts.append(f"{counted(plan.already, 'grant')} {'is' if plan.already == 1 else 'are'} here already")
    parts.append(f"{counted(plan.left, 'row')} {'is' if plan.left == 1 else 'are'} left out")
    return f"Of {counted(plan.rows, 'row')}: {listed(parts)}."


def register_said(plan: RegisterPlan) -> str:
    """Say what the register's files would do."""
    told = f"Of {counted(plan.rows, 'charity', 'charities')}, the files tell something new of "
    said = f"{told}{counted(len(plan.told), 'group')} on the list."
    return f"{said} Of {counted(plan.already, 'group')} all is known already." if plan.already else said


def measurements_said(plan: MeasurementPlan) -> str:
    """Say what a file of measurements would do."""
    parts = [f"{counted(len(plan.new), 'value')} {'is' if len(plan.new) == 1 else 'are'} new"]
    if plan.revised:
        number = len(plan.revised)
        parts.append(f"{counted(number, 'value')} {'differs' if number == 1 else 'differ'} from what is here")
    if plan.already:
        parts.append(f"{counted(plan.already, 'value')} {'is' if plan.already == 1 else 'are'} here already")
    sentence = listed(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _get(number: int) -> str:
    return "gets" if number == 1 else "get"
