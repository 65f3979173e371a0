"""The fields of the 360Giving data standard (version 1.4), as they are called in JSON and in a spreadsheet.

A model of our own: what each field is called, and what sort of value it holds. A test holds it against the published
schema. Of all this only a grant's sum, day, funder and recipient are kept; the rest is read to say what is wrong with
a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Holds(StrEnum):
    """What sort of value a field holds."""

    TEXT = "text"
    NUMBER = "number"
    YES_OR_NO = "yes_or_no"
    CURRENCY = "currency"
    DAY = "day"
    DAY_OR_MONTH = "day_or_month"
    MOMENT = "moment"
    ADDRESS = "address"
    TEXTS = "texts"
    ONE = "one"
    MANY = "many"


@dataclass(frozen=True)
class Field:
    """A field of the standard.

    Attributes:
        name: what it is called in JSON.
        title: what it is called in a spreadsheet; empty where it stands in no heading.
        holds: the sort of value.
        of: for one or many objects, the name of the object in `OBJECTS`.
    """

    name: str
    title: str
    holds: Holds = Holds.TEXT
    of: str = ""


_ID, _TITLE, _NAME = Field("id", "Identifier"), Field("title", "Title"), Field("name", "Name")
_DESCRIPTION, _CODE = Field("description", "Description"), Field("code", "Code")
_MODIFIED, _URL = Field("dateModified", "Last Modified", Holds.MOMENT), Field("url", "URL", Holds.ADDRESS)
_WEB = Field("url", "Web Address", Holds.ADDRESS)
_CURRENCY = Field("currency", "Currency", Holds.CURRENCY)

OBJECTS: Mapping[str, tuple[Field, ...]] = MappingProxyType(
    {
        "Organization": (
            _ID,
            _NAME,
            Field("department", "Department"),
            Field("contactName", "Contact Name"),
            Field("charityNumber", "Charity Number"),
            Field("companyNumber", "Company Number"),
            Field("streetAddress", "Street Address"),
            Field("addressLocality", "City"),
            Field("addressRegion", "County"),
            Field("addressCountry", "Country"),
            Field("postalCode", "Postal Code"),
            Field("telephone", "Phone Number"),
            Field("alternateName", "Alternate Name"),
            Field("email", "Email"),
            _DESCRIPTION,
            Field("organisationType", "Organisation Type"),
            _WEB,
            Field("location", "Location", Holds.MANY, "Location"),
            _MODIFIED,
        ),
        "Person": (_ID, _NAME),
        "Reasons": (
            Field("primaryGrantReason", "Primary Grant Reason"),
            Field("secondaryGrantReason", "Secondary Grant Reason"),
            Field("grantPurpose", "Grant Purpose", Holds.TEXTS),
        ),
        "Location": (
            _ID,
            _NAME,
            Field("countryCode", "Country Code"),
            Field("latitude", "Latitude", Holds.NUMBER),
            Field("longitude", "Longitude", Holds.NUMBER),
            _DESCRIPTION,
            Field("geoCode", "Geographic Code"),
            Field("geoCodeType", "Geographic Code Type"),
            _MODIFIED,
        ),
        "Event": (
            _TITLE,
            Field("startDate", "Start Date", Holds.DAY_OR_MONTH),
            Field("endDate", "End Date", Holds.DAY_OR_MONTH),
            Field("duration", "Duration (months)", Holds.NUMBER),
            _DESCRIPTION,
            _MODIFIED,
        ),
        "GrantProgramme": (_CODE, _TITLE, _DESCRIPTION, _URL, _MODIFIED),
        "Classification": (Field("vocabulary", "Vocabulary"), _CODE, _TITLE, _DESCRIPTION, _URL, _MODIFIED),
        "Documents": (_ID, _TITLE, _WEB, _DESCRIPTION, Field("documentType", "Document Type"), _MODIFIED),
        "Transaction": (
            _ID,
            Field("transactionDate", "Transaction Date", Holds.DAY),
            _CURRENCY,
            Field("value", "Value", Holds.NUMBER),
            Field("valueDate", "Value Date", Holds.DAY),
            _DESCRIPTION,
            Field("provider", "Provider"),
            Field("recipient", "Recipient"),
            _MODIFIED,
        ),
    }
)
GRANT = (
    _ID,
    _TITLE,
    _DESCRIPTION,
    _CURRENCY,
    Field("amountAppliedFor", "Amount Applied For", Holds.NUMBER),
    Field("amountAwarded", "Amount Awarded", Holds.NUMBER),
    Field("amountDisbursed", "Amount Disbursed", Holds.NUMBER),
    Field("awardDate", "Award Date", Holds.DAY),
    _URL,
    Field("plannedDates", "Planned Dates", Holds.MANY, "Event"),
    Field("actualDates", "Actual Dates", Holds.MANY, "Event"),
    Field("recipientIndividual", "Recipient Ind", Holds.ONE, "Person"),
    Field("toIndividualsDetails", "To Individuals Details", Holds.ONE, "Reasons"),
    Field("recipientOrganization", "Recipient Org", Holds.MANY, "Organization"),
    Field("beneficiaryLocation", "Beneficiary Location", Holds.MANY, "Location"),
    Field("fundingOrganization", "Funding Org", Holds.MANY, "Organization"),
    Field("grantProgramme", "Grant Programme", Holds.MANY, "GrantProgramme"),
    Field("fromOpenCall", "From An Open Call?", Holds.YES_OR_NO),
    Field("fundingType", "Funding Type", Holds.MANY, "Classification"),
    Field("classifications", "Classifications", Holds.MANY, "Classification"),
    Field("relatedDocument", "Related Document", Holds.MANY, "Documents"),
    Field("applicationTransaction", "", Holds.MANY, "Transaction"),
    Field("commitmentTransaction", "", Holds.MANY, "Transaction"),
    Field("disbursementTransaction", "", Holds.MANY, "Transaction"),
    Field("relatedActivity", "Related Activity", Holds.TEXTS),
    _MODIFIED,
    Field("dataSource", "Data Source", Holds.ADDRESS),
    Field("regrantType", "For Regrant Type"),
    Field("locationScope", "Location Scope"),
)
# What the standard asks of every grant, beside a recipient.
REQUIRED = frozenset({"id", "title", "description", "currency", "amountAwarded", "awardDate", "fundingOrganization"})
ORGANISATION_REQUIRED = frozenset({"id", "name"})
