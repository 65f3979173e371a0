"""Addresses of indicators, made from their names."""

import re
import unicodedata
from itertools import count

from sqlmodel import Session, col, select

from charter.outcomes.indicators import REF_LIMIT
from db.models import Indicator

_ROOM = REF_LIMIT - 5  # letters, so that a number fits behind it
_ELSE = "outcome"  # for a name without any letter that an address may have


def free_ref(session: Session, *, title: str) -> str:
    """Make an address from a name that no other indicator has: "council-staff-who-live-here", "…-2" if it is taken."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    whole = "-".join(re.findall(r"[a-z0-9]+", letters.replace("'", "")))
    ref = whole if len(whole) <= _ROOM else whole[: _ROOM + 1].rpartition("-")[0] or whole[:_ROOM]
    ref = ref or _ELSE
    taken = set(session.exec(select(Indicator.ref).where(col(Indicator.ref).startswith(ref, autoescape=True))))
    if ref not in taken:
        return ref
    return next(f"{ref}-{number}" for number in count(2) if f"{ref}-{number}" not in taken)
