"""E-mail addresses: which of them mail can go to at all. It is the one rule, of accounts, organisations and letters."""

import re

from charter.typed import JOINER

_LONGEST = 254  # characters: the longest address that mail can be sent to
# Plain letters alone: a line break in an address would begin another header, and few servers take other letters.
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]+"
)


def usable_address(typed: str | None) -> str | None:
    """Give an address in lower case and without space around it, or None if no mail can go there."""
    address = (typed or "").replace(JOINER, "").strip().lower()
    usable = len(address) <= _LONGEST and _ADDRESS.fullmatch(address) and ".." not in address
    return address if usable and not address.startswith((".", "-")) else None
