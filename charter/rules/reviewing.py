"""What a reviewer's eye is drawn to in a public body's answers: pointed out, never judged."""

UNUSUAL_JUMP = 2  # levels: half of the scale in one year
_HIGH = 3  # from here on, a level says that the promise is mostly or fully kept


def unusual_jump(level: int | None, *, last: int | None) -> int | None:
    """Give by how many levels an answer moved since the last one, where that is unusual.

    Args:
        level: this period's level, 0 to 4, or None.
        last: the level of the answer before it, or None.

    Returns:
        The levels gained, or lost below nought, where they are two or more; else None.
    """
    if level is None or last is None or abs(level - last) < UNUSUAL_JUMP:
        return None
    return level - last


def claimed_without_evidence(level: int | None, *, evidence: int) -> bool:
    """Tell whether a high level, 3 or 4, stands without any evidence.

    Args:
        level: the level, 0 to 4, or None.
        evidence: how many items of evidence the answer cites.
    """
    return level is not None and level >= _HIGH and evidence == 0
