"""Grants in the 360Giving data standard: each row read with care, and said of each that is left out why it is.

Taken is what can be added up: one sum in pounds, awarded on a day, by a funder, to one organisation. A row with
another mistake is taken with a warning, as most published files have some.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from charter.outcomes.typed_values import MOST, PLACES
from charter.sources.grant_fields import GRANT, OBJECTS, ORGANISATION_REQUIRED, REQUIRED, Field, Holds
from charter.sources.grant_lines import GrantLine, Raw, read_lines
from charter.sources.grant_values import is_formula, read_amount, read_day, wrong_with
from charter.sources.org_ids import OrgId, charity_id, company_id, org_id
from charter.sources.row_findings import Finding, quoted
from charter.sources.tables import ON_THE_PAGE, Limits
from charter.typed import clean_text
from charter.words import listed

POUNDS = "GBP"
_EARLIEST = date(1900, 1, 1)
_IDENTIFIER_LIMIT, _NAME_LIMIT, _REF_LIMIT = 200, 200, 100  # letters that the store has room for
_ABSENT: tuple[object, ...] = (None, "", [])
_MOST_WARNINGS = 5  # of one row
_FIELDS = {name: {field.name: field for field in fields} for name, fields in {**OBJECTS, "": GRANT}.items()}
# These say themselves what is wrong with them, as the row is left out for it.
_OWN_WORDS = frozenset({"amountAwarded", "awardDate", "currency"})


@dataclass(frozen=True)
class Grant:
    """A grant that can be added up.

    Attributes:
        place: where it stands in the file.
        identifier: the funder's own reference for it, the same in every file.
        amount: in pounds, from 0.
        recipients: the org-ids that the file gives for the recipient, in one form, the likeliest first.
        recipient_name: its name as the file writes it; empty where it gives none.
    """

    place: str
    identifier: str
    title: str
    amount: Decimal
    awarded_on: date
    funder_ref: str
    funder_name: str
    recipients: tuple[str, ...]
    recipient_name: str


@dataclass(frozen=True)
class GrantFile:
    """What a file of grants holds: how many rows, the grants that can be added up, and what is said of rows."""

    rows: int
    grants: tuple[Grant, ...]
    findings: tuple[Finding, ...]


class _Left(Exception):  # noqa: N818 - no error: the reason why a row is left out
    """A row is left out, for this reason."""


def read_grants(content: bytes, *, today: date, limits: Limits = ON_THE_PAGE) -> GrantFile:
    """Read a file of grants.

    Args:
        content: JSON, a workbook or a CSV file.
        today: a grant that is awarded after this day is left out.
        limits: how much is taken.

    Raises:
        FieldError: it is no file of grants, or too large.
    """
    lines, findings = read_lines(content, limits=limits)
    said, grants, seen = list(findings), [], dict[str, str]()
    for line in lines:
        try:
            grant = _read(line, today)
            _require_first(grant, seen.setdefault(grant.identifier, line.place))
        except _Left as left:
            said.append(Finding(line.place, str(left), left=True))
            continue
        grants.append(grant)
        said += [Finding(line.place, warning) for warning in _warnings(line.raw, grant)]
    return GrantFile(len(lines), tuple(grants), tuple(said))


def _require_first(grant: Grant, first: str) -> None:
    if first != grant.place:
        raise _Left(f"This grant stands in the file already: {first}.")


def _read(line: GrantLine, today: date) -> Grant:
    if not isinstance(line.raw, dict):
        raise _Left("This is no grant.")
    raw: Raw = line.raw
    identifier = _text(raw.get("id"))
    if not identifier or len(identifier) > _IDENTIFIER_LIMIT or is_formula(identifier):
        raise _Left("It has no identifier, so that nobody could tell whether it was taken in before.")
    amount = _amount(raw)
    recipient, funder = _recipient(raw), _one(raw.get("fundingOrganization"), "funder")
    funder_ref, funder_name = _text(funder.get("id")), _text(funder.get("name"))
    if not funder_ref and not funder_name:
        raise _Left("It does not say who gave the money.")
    if is_formula(funder_ref) or is_formula(funder_name):
        raise _Left("Its funder is a formula. Put the name or the number itself in the cell.")
    return Grant(
        place=line.place,
        identifier=identifier,
        title=_text(raw.get("title"))[:_NAME_LIMIT],
        amount=amount,
        awarded_on=_awarded_on(raw, today),
        funder_ref=(org_id(funder_ref).ref or funder_name)[:_REF_LIMIT],
        funder_name=(funder_name or funder_ref)[:_NAME_LIMIT],
        recipients=tuple(dict.fromkeys(each.ref for each in _org_ids(recipient))),
        recipient_name=_text(recipient.get("name"))[:_NAME_LIMIT],
    )


def _amount(raw: Raw) -> Decimal:
    currency, given = _text(raw.get("currency")).upper(), raw.get("amountAwarded")
    if is_formula(given):
        raise _Left("Its amount is a formula. Put the number itself in the cell.")
    amount = read_amount(given)
    if amount is None:
        raise _Left(f"Its amount says {quoted(given)}, which is no number." if given else "It has no amount.")
    if amount < 0:
        raise _Left(f"Its amount is below zero: {quoted(given)}. Money that went back is not added up here.")
    if amount >= MOST or amount != round(amount, PLACES):
        raise _Left(f"Its amount says {quoted(given)}, which cannot be a sum of money.")
    if currency != POUNDS:
        what = f"in {quoted(currency)}" if currency else "in no currency that is named"
        raise _Left(f"Its amount is {what}. Only pounds (GBP) can be added up.")
    return amount


def _awarded_on(raw: Raw, today: date) -> date:
    given = raw.get("awardDate")
    day = read_day(given)
    if day is None:
        raise _Left(f"Its award date says {quoted(given)}, which is no day." if given else "It has no award date.")
    if not _EARLIEST <= day <= today:
        raise _Left(f"Its award date, {day}, is still to come or very long ago. Please check the year.")
    return day


def _recipient(raw: Raw) -> Raw:
    if not raw.get("recipientOrganization") and raw.get("recipientIndividual"):
        raise _Left("It went to a person. Nothing about persons is taken in.")
    return _one(raw.get("recipientOrganization"), "recipient", several=False)


def _one(given: object, what: str, *, several: bool = True) -> Raw:
    each = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    if not each:
        raise _Left(f"It names no {what}.")
    if len(each) > 1 and not several:
        raise _Left(f"It names {len(each)} recipients, and nobody can tell how they shared the money.")
    found: Raw = each[0]
    return found


def _org_ids(recipient: Raw) -> list[OrgId]:
    given = [
        org_id(_text(recipient.get("id"))),
        charity_id(_text(recipient.get("charityNumber"))),
        company_id(_text(recipient.get("companyNumber"))),
    ]
    return [each for each in given if each.ref and len(each.ref) <= _REF_LIMIT]


def _warnings(raw: Any, grant: Grant) -> list[str]:  # noqa: ANN401 - what stands in the file
    missing = [field.title for field in GRANT if field.name in REQUIRED and raw.get(field.name) in _ABSENT]
    found = [f"It has no {listed([title.lower() for title in missing])}, which the standard asks for."] * bool(missing)
    found += [f"{each.ref} had lost its first zero." for each in _org_ids(_recipient(raw)) if each.mended]
    found += [f"It has an amount of 0: {quoted(grant.title)}."] * (grant.amount == 0)
    if len(raw["fundingOrganization"]) > 1:
        found.append(f"It names several funders. It counts for the first, {grant.funder_name}.")
    found += _wrong(raw, _FIELDS[""])
    return found[:_MOST_WARNINGS]


def _wrong(raw: Raw, fields: Mapping[str, Field], where: str = "") -> Iterator[str]:
    for name, value in raw.items():
        field = fields.get(name)
        if field is None:
            continue
        if field.holds in {Holds.ONE, Holds.MANY}:
            yield from _wrong_within(value, field)
        elif (field.name not in _OWN_WORDS or where) and (wrong := wrong_with(field, value)):
            yield f"{where}{wrong}"


def _wrong_within(value: object, field: Field) -> Iterator[str]:
    inner = value if isinstance(value, list) else [] if value is None else [value]
    for one in inner:
        if not isinstance(one, dict):
            yield f"{field.title or field.name} says {quoted(one)}, where more is asked."
            continue
        lacking = [name for name in sorted(ORGANISATION_REQUIRED) if field.of == "Organization" and not one.get(name)]
        yield from (f"{field.title} has no {name}, which the standard asks for." for name in lacking)
        yield from _wrong(one, _FIELDS[field.of], f"{field.title or field.name}: ")


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return ""
    return " ".join(clean_text(str(value)).split())
