"""Who is in the demonstration: made-up places, bodies and groups. Every name says that it is made up."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from charter.words import MADE_UP_MARK
from db.types import IncomeBand, OrganisationKind

GROUPS = 350

WARDS = (
    "Northmarsh", "Chalk Hill", "Riverbank East", "Riverbank West", "Old Town", "Station Quarter",
    "Fenside", "Orchard Park", "Quarry Edge", "Saltings", "Windmill Green", "Larkfield",
)  # fmt: skip

BODIES = (
    ("DEMO-COUNCIL", "Riverbank Council", OrganisationKind.COUNCIL),
    ("DEMO-NHS", "Riverbank NHS Partnership", OrganisationKind.NHS),
    ("DEMO-POLICE", "Riverbank Police", OrganisationKind.POLICE),
)

_PLACES = (
    "Northmarsh", "Chalk Lane", "Riverbank", "Old Town", "Station Road", "Fenside", "Orchard Park", "Quarry",
    "Saltings", "Windmill", "Larkfield", "Harbour Street", "Mill Brook", "Jubilee", "Elm Court",
)  # fmt: skip
_WHAT = {
    OrganisationKind.VOLUNTARY: (
        "Advice Centre", "Carers’ Link", "Befrienders", "Food Bank", "Youth Trust", "Debt Help", "Counselling",
        "Shopmobility", "Home from Hospital", "Family Support",
    ),
    OrganisationKind.INFRASTRUCTURE: ("Volunteer Centre", "Network of Groups"),
    OrganisationKind.COMMUNITY: (
        "Tea Club", "Friends of the Park", "Residents’ Association", "Allotment Society", "Parents and Toddlers",
        "Walking Group", "Community Choir", "Football Club", "History Group", "Repair Café",
    ),
    OrganisationKind.FAITH: ("Parish Church Hall", "Mosque Welcome", "Gurdwara Kitchen", "Chapel Fellowship"),
    OrganisationKind.SOCIAL_ENTERPRISE: ("Bike Works", "Community Kitchen", "Print Co-operative"),
}  # fmt: skip
_KIND_SHARE = {
    OrganisationKind.VOLUNTARY: 0.31,
    OrganisationKind.INFRASTRUCTURE: 0.01,
    OrganisationKind.COMMUNITY: 0.48,
    OrganisationKind.FAITH: 0.16,
    OrganisationKind.SOCIAL_ENTERPRISE: 0.04,
}
_INCOME_SHARE = {
    IncomeBand.UNDER_10K: 0.46,
    IncomeBand.FROM_10K_TO_100K: 0.30,
    IncomeBand.OVER_100K: 0.14,
    IncomeBand.NOT_KNOWN: 0.10,
}


@dataclass(frozen=True)
class GroupInCast:
    """A made-up group. `ward` counts into `WARDS`."""

    ref: str
    name: str
    kind: OrganisationKind
    income_band: IncomeBand
    ward: int


def groups(rng: np.random.Generator) -> Iterator[GroupInCast]:
    """Draw the groups. The same generator gives the same groups."""
    kinds = rng.choice(list(_KIND_SHARE), size=GROUPS, p=list(_KIND_SHARE.values()))
    incomes = rng.choice(list(_INCOME_SHARE), size=GROUPS, p=list(_INCOME_SHARE.values()))
    wards = rng.integers(len(WARDS), size=GROUPS)
    taken: dict[str, int] = {}
    for number in range(GROUPS):
        kind = OrganisationKind(str(kinds[number]))
        name = f"{rng.choice(_PLACES)} {rng.choice(_WHAT[kind])}"
        taken[name] = taken.get(name, 0) + 1
        if taken[name] > 1:
            name = f"{name} {taken[name]}"
        yield GroupInCast(
            ref=f"DEMO-{number + 1:04d}",
            name=f"{name} {MADE_UP_MARK}",
            kind=kind,
            income_band=IncomeBand(str(incomes[number])),
            ward=int(wards[number]),
        )
