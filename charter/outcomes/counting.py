"""Counts first: how many indicators are on track, and how many are better than last year."""

from collections.abc import Sequence

from charter.outcomes.recorded import RecordedIndicator
from charter.rules.outcomes import Counts, Standing, counts, since_last_year


def count_indicators(found: Sequence[RecordedIndicator]) -> Counts:
    """Count how indicators stand: x of y on track, z better than last year."""
    return counts([Standing(one.stands.status, since_last_year(one.stands.short, one.stands.long)) for one in found])
