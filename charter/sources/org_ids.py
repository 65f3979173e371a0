"""Numbers of registers as files write them, brought into one form so that they can be compared.

Spreadsheets take a number's first zero away. Charity numbers have six or seven digits and company numbers eight, so
that what is shorter has lost its zeros: see org-id.guide for each register.
"""

import re
from dataclasses import dataclass

from charter.typed import clean_text

_CHARITY, _COMPANY = 6, 8  # digits at least
_REGISTERS = {"GB-CHC-": _CHARITY, "GB-COH-": _COMPANY}
_SCOTTISH = re.compile(r"SC\d{6}")


@dataclass(frozen=True)
class OrgId:
    """An org-id in the form in which it is compared; `mended` tells whether zeros were put back before the number."""

    ref: str
    mended: bool = False


def org_id(typed: str) -> OrgId:
    """Bring an org-id into one form: in capitals, without spaces, its number with as many digits as the register's."""
    ref = "".join(clean_text(typed).split()).upper()
    for prefix, digits in _REGISTERS.items():
        number = ref.removeprefix(prefix)
        if number != ref and number.isdecimal() and number.isascii():
            whole = number.lstrip("0").zfill(digits)
            return OrgId(f"{prefix}{whole}", mended=len(number) < digits)
    return OrgId(ref)


def charity_id(number: str) -> OrgId:
    """Give the org-id of a charity by its number, or an empty one where that is no charity's number."""
    typed = "".join(clean_text(number).split()).upper()
    if _SCOTTISH.fullmatch(typed):
        return OrgId(f"GB-SC-{typed}")
    return org_id(f"GB-CHC-{typed}") if typed.isdecimal() else OrgId("")


def company_id(number: str) -> OrgId:
    """Give the org-id of a company by its number, or an empty one where that is no company's number."""
    typed = "".join(clean_text(number).split()).upper()
    return org_id(f"GB-COH-{typed}") if typed.isalnum() and typed.isascii() else OrgId("")
