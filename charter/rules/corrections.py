"""What a corrected release may show where groups' answers had to change: rule 9f of the published method.

Who has both releases can take one from the other, and so learns what the groups whose answers changed said. A figure is
therefore made anew only where the answers of at least ten of its groups changed; where nobody's did, it stands as it
was; else it is hidden. Differences between figures add up as the figures do, so that the rules against adding and
subtracting (9c and 9d) hold for them too.
"""

from collections.abc import Mapping

from charter.rules.disclosure import THRESHOLD, Suppression, hidden_with, suppress
from db.types import Withheld

# Each changed answer is counted under two choices alike, so that how many there are decides alone, and not how they
# are spread; the threshold is doubled with them.
_CHOICES = 2


def reissue(
    changed: Mapping[tuple[str, str], int],
    *,
    before: Suppression,
    now: Suppression,
    threshold: int = THRESHOLD,
) -> Suppression:
    """Decide what a correction shows of one commitment.

    Args:
        changed: how many groups' answers to it changed since the earlier release, for each kind × income.
        before: what the earlier release shows.
        now: what the changed answers alone would let be shown (rules 9a to 9d).
        threshold: how many must have changed for a figure to be made anew.

    Returns:
        What is shown. It is never more than before: what was hidden could be worked out from the two releases.

    Raises:
        ValueError: a count is negative, or the threshold is below 10.
    """
    if threshold < THRESHOLD:
        raise ValueError(f"The threshold is at least {THRESHOLD}, and this is {threshold}.")
    if not any(changed.values()):
        return before
    found = suppress({cell: (count,) * _CHOICES for cell, count in changed.items()}, threshold=_CHOICES * threshold)
    shown = hidden_in_either(hidden_in_either(before, now), _protecting(found))
    if _gives_away(found, before=before, now=now):
        return Suppression(
            whole=Withheld.PROTECTS_ANOTHER,
            kinds=dict.fromkeys(shown.kinds, Withheld.PROTECTS_ANOTHER),
            incomes=dict.fromkeys(shown.incomes, Withheld.PROTECTS_ANOTHER),
        )
    return shown


def hidden_in_either(first: Suppression, second: Suppression) -> Suppression:
    """Hide what either of two hides."""
    return Suppression(
        whole=hidden_with(first.whole, second.whole),
        kinds=_either(first.kinds, second.kinds),
        incomes=_either(first.incomes, second.incomes),
    )


def _either(first: Mapping[str, Withheld | None], second: Mapping[str, Withheld | None]) -> dict[str, Withheld | None]:
    return {code: hidden_with(first.get(code), second.get(code)) for code in sorted({*first, *second})}


def _protecting(found: Suppression) -> Suppression:
    """Give what is hidden because too few changed. A group in which nobody's answer changed stands as it was."""
    return Suppression(
        whole=_reason(found.whole),
        kinds={code: _reason(reason) for code, reason in found.kinds.items()},
        incomes={code: _reason(reason) for code, reason in found.incomes.items()},
    )


def _reason(found: Withheld | None) -> Withheld | None:
    return None if found in (None, Withheld.NO_DATA) else Withheld.PROTECTS_ANOTHER


def _gives_away(changed: Suppression, *, before: Suppression, now: Suppression) -> bool:
    """Tell whether a group must be hidden now whose figure did not change: who kept the earlier release has it."""
    return any(
        earlier[code] is None and later.get(code) is not None and moved.get(code, Withheld.NO_DATA) is Withheld.NO_DATA
        for earlier, later, moved in (
            (before.kinds, now.kinds, changed.kinds),
            (before.incomes, now.incomes, changed.incomes),
        )
        for code in earlier
    )
