"""What a coordinator looks for in the list of responses."""

from dataclasses import dataclass
from enum import StrEnum

from db.types import IncomeBand, OrganisationKind, Side


class Status(StrEnum):
    """Where an organisation stands in a period."""

    NOT_STARTED = "not_started"
    STARTED = "started"
    SENT = "sent"
    MISSING = "missing"
    """Not started, or started and not sent."""


class Written(StrEnum):
    """What was written to an organisation, and whether it arrived."""

    NEVER = "never"
    REMINDED = "reminded"
    NOT_REMINDED = "not_reminded"
    TROUBLE = "trouble"
    """Its last e-mail came back, or could not be sent."""
    NO_ADDRESS = "no_address"


class Order(StrEnum):
    """What the list is put in order by."""

    NAME = "name"
    WARD = "ward"
    LAST_REMINDED = "last_reminded"
    """Those who were reminded longest ago, or never, first."""
    NEWEST = "newest"
    """Those who sent last first."""


STATUSES = {
    Status.MISSING: "Not sent yet",
    Status.NOT_STARTED: "Not begun",
    Status.STARTED: "Begun, not sent",
    Status.SENT: "Sent",
}
WRITTEN = {
    Written.NEVER: "No e-mail yet",
    Written.REMINDED: "Reminded",
    Written.NOT_REMINDED: "Not reminded",
    Written.TROUBLE: "E-mail came back",
    Written.NO_ADDRESS: "No e-mail address",
}
ORDERS = {
    Order.NAME: "Name",
    Order.WARD: "Ward",
    Order.LAST_REMINDED: "Reminded longest ago",
    Order.NEWEST: "Sent last",
}


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is None or empty leaves nothing out.

    Attributes:
        search: words that must stand in the name or the reference.
        side: groups or public bodies.
        income: a band of yearly income; only groups have one.
        ward: a ward's name.
    """

    search: str = ""
    side: Side | None = None
    status: Status | None = None
    kind: OrganisationKind | None = None
    income: IncomeBand | None = None
    ward: str = ""
    written: Written | None = None
    order: Order = Order.NAME
