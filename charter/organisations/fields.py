"""What is known of an organisation, as it was typed: checked, and made fit to be stored."""

import re
from dataclasses import dataclass, replace
from datetime import date

from charter.mail.addresses import usable_address
from charter.rules.refusals import FieldError
from charter.tokens import readable
from charter.typed import clean_text
from db.types import IncomeBand, OrganisationKind

NAME_LIMIT = 200  # characters
REF_LIMIT = 40  # characters: a reference stands in addresses
PHONE_LIMIT = 40  # characters
_FEWEST_DIGITS = 6
_REF = re.compile(r"[A-Z0-9][A-Z0-9.-]*")
_PHONE = re.compile(r"[0-9+][0-9 ()+./-]*( ?(ext|x)\.? ?[0-9]+)?", re.IGNORECASE)
# How the registers write their numbers: charities in England and Wales, companies, and local authorities.
_REGISTERS = {
    "GB-CHC-": (re.compile(r"\d{6,7}(-\d{1,3})?"), "GB-CHC- and six or seven digits"),
    "GB-COH-": (re.compile(r"(\d{8}|[A-Z]{2}\d{6})"), "GB-COH- and eight digits, or two letters and six digits"),
    "GB-LAE-": (re.compile(r"[A-Z]{3,4}"), "GB-LAE- and three or four letters"),
}


@dataclass(frozen=True)
class Fields:
    """What is kept of an organisation.

    Attributes:
        name: how it is called.
        ref: its org-id such as `GB-CHC-1000000`, or our own; empty for one that is made here.
        ward_id: the ward that it lies in.
        part_of_id: the organisation that it is a part of.
        successor_id: the organisation that took its place.
        starts_on: since when it is there, if that is known.
        ends_on: the last day on which it was there.
    """

    name: str
    kind: OrganisationKind
    ref: str = ""
    income_band: IncomeBand = IncomeBand.NOT_KNOWN
    ward_id: int | None = None
    part_of_id: int | None = None
    successor_id: int | None = None
    email: str = ""
    phone: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


def checked(typed: Fields) -> Fields:
    """Give the fields as they are stored: without space around them, the reference in capitals.

    Raises:
        FieldError: a field cannot be taken; the message says why, and the field which.
    """
    if typed.starts_on and typed.ends_on and typed.ends_on < typed.starts_on:
        raise FieldError("ends_on", "The last day cannot be before the first. Nothing was changed.")
    return replace(
        typed,
        name=_checked_name(typed.name),
        ref=checked_ref(typed.ref) if typed.ref.strip() else own_ref(),
        email=_checked_email(typed.email),
        phone=_checked_phone(typed.phone),
    )


def own_ref() -> str:
    """Draw a reference of our own, such as `OWN-7Q4M0ZKD`, for an organisation that has no org-id."""
    return f"OWN-{readable()}"


def checked_ref(typed: str) -> str:
    """Give a reference in capitals. One of a register that we know has to look like that register's numbers.

    The shapes are those that org-id.guide gives for each register; whether a number was ever given out is not asked.

    Raises:
        FieldError: nothing has such a reference.
    """
    ref = "".join(clean_text(typed).split()).upper()
    if len(ref) > REF_LIMIT or not _REF.fullmatch(ref):
        raise FieldError(
            "ref", f"Use up to {REF_LIMIT} letters, digits, full stops and hyphens, such as GB-CHC-1000000."
        )
    for prefix, (shape, words) in _REGISTERS.items():
        if ref.startswith(prefix) and not shape.fullmatch(ref.removeprefix(prefix)):
            raise FieldError("ref", f"That is not a number of this register: it should be {words}.")
    return ref


def _checked_name(typed: str) -> str:
    name = " ".join(clean_text(typed).split())
    if not name:
        raise FieldError("name", "Type a name. Nothing was changed.")
    if len(name) > NAME_LIMIT:
        raise FieldError("name", f"That name is too long. Use up to {NAME_LIMIT} letters.")
    return name


def _checked_email(typed: str) -> str:
    if not typed.strip():
        return ""
    address = usable_address(clean_text(typed))
    if address is None:
        raise FieldError("email", "No mail can go to this address. It should look like name@example.org.")
    return address


def _checked_phone(typed: str) -> str:
    phone = " ".join(clean_text(typed).split())
    if not phone:
        return ""
    digits = sum(sign.isdigit() for sign in phone)
    if len(phone) > PHONE_LIMIT or digits < _FEWEST_DIGITS or not _PHONE.fullmatch(phone):
        raise FieldError("phone", "That is not a telephone number. It should look like 01375 000000.")
    return phone
