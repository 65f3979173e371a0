"""Text that people typed, made fit to be stored. What it means is never touched: any language, any emoji."""

import unicodedata

# The word joiner cannot be seen. Pages put it into addresses that they show, and who copies one copies it too.
JOINER = "\u2060"
_KEPT = frozenset("\n\t")
# Control characters cannot be seen, and PostgreSQL refuses the first of them; half a surrogate pair is no character.
_DROPPED = frozenset({"Cc", "Cs"})


def clean_text(typed: str) -> str:
    """Give typed text with one kind of line break, without what cannot be seen and without space around it."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    seen = "".join(sign for sign in lines if sign in _KEPT or unicodedata.category(sign) not in _DROPPED)
    return seen.replace(JOINER, "").strip()
