"""The table of what is kept for how long, for the screen."""

import pandas as pd

from charter.retention.rules import RULES

_SENT = {
    "What": "Answers that were sent, and what is published",
    "Kept": "for good, or until the organisation has its personal data taken away",
    "Why": "Every published figure stands on them.",
}


def retention_table() -> pd.DataFrame:
    """Give a row for each rule: what it is about, how long that is kept, and why so long and no longer."""
    rows = [{"What": rule.called, "Kept": rule.how_long, "Why": rule.why} for rule in RULES.values()]
    return pd.DataFrame([_SENT, *rows])
