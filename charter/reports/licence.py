"""The licence under which what is published may be used."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Licence:
    """A licence: its name in the lists of licences, its title, and where it is written."""

    name: str
    title: str
    address: str


#: The licence that public bodies in the UK publish under. It asks only that the source is named.
LICENCE = Licence(
    "OGL-UK-3.0",
    "Open Government Licence v3.0",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
)
