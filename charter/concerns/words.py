"""What a person reads of a concern: where it stands, what happens next, what happened, and the yearly totals."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from charter import clock
from charter.concerns.reading import ConcernTold, StepTold
from charter.concerns.recorded import YearOfConcerns
from charter.rules.concerns import DAYS_TO_ANSWER, FEW
from db.types import ConcernState

CONCERN_STATES: Mapping[ConcernState, str] = MappingProxyType(
    {
        ConcernState.WITH_CHAMPION: "with the champion",
        ConcernState.WITH_MONITORING_GROUP: "with the monitoring group",
        ConcernState.AGREED: "agreed",
        ConcernState.NOT_AGREED: "not agreed",
        ConcernState.WITHDRAWN: "withdrawn",
    }
)
WHO_SEES = (
    "It is seen by those who raised it, the person who runs the review, the monitoring group, and the charter champion "
    "of the public body. The rest of that body see it once it is passed on to the monitoring group. Nobody who belongs "
    "to that body sees it because they run the review or are of the monitoring group, or decides on it."
)
HOW_IT_GOES = (
    f"The champion of the public body reads it first, and has {DAYS_TO_ANSWER} days to answer.",
    "If you are content, write down what you agreed. If not, pass it on to the monitoring group.",
    f"The public body then has {DAYS_TO_ANSWER} days to reply. The monitoring group may ask an officer to come.",
    "The monitoring group decides: a way forward is agreed, or none is. It may lead to an action of the public body.",
    "You can withdraw it at any time before that.",
)
TOTALS_SAY = (
    "A concern says that a public body does not keep a promise. Its champion answers first, and then the monitoring "
    f"group decides. Concerns are confidential, so only their number is told, and from 1 to {FEW - 1} only that there "
    f"were fewer than {FEW}."
)
_ENDED = {
    ConcernState.AGREED: "A way forward was agreed, so it is closed.",
    ConcernState.NOT_AGREED: "No way forward was agreed, so it is closed.",
    ConcernState.WITHDRAWN: "It was withdrawn, so it is closed.",
}
_STEPS = {
    ConcernState.WITH_CHAMPION: "Raised with the champion",
    ConcernState.WITH_MONITORING_GROUP: "Passed on to the monitoring group",
    ConcernState.AGREED: "Agreed",
    ConcernState.NOT_AGREED: "Not agreed",
    ConcernState.WITHDRAWN: "Withdrawn",
}


def next_sentence(told: ConcernTold) -> str:
    """Say where a concern stands, and what it waits for."""
    match told.state:
        case ConcernState.WITH_CHAMPION if not told.champion_reads:
            return (
                "It is with the champion. But nobody who is the champion can sign in for this public body now, so it "
                "can be passed on to the monitoring group at once."
            )
        case ConcernState.WITH_CHAMPION if told.waits_until is not None:
            return f"It is with the champion, who has until {clock.day_in_words(told.waits_until)} to answer."
        case ConcernState.WITH_CHAMPION:
            return "It is with the champion. It can be settled now, or passed on to the monitoring group."
        case ConcernState.WITH_MONITORING_GROUP if told.waits_until is not None:
            day = clock.day_in_words(told.waits_until)
            return f"It is with the monitoring group. The public body has until {day} to reply."
        case ConcernState.WITH_MONITORING_GROUP:
            return "It is with the monitoring group, which can decide now."
        case _:
            return _ENDED[told.state]


def step_words(step: StepTold) -> str:
    """Say what a step was."""
    return f"The monitoring group asks {step.officer} to come" if step.officer else _STEPS[step.state]


def total_words(count: int | None) -> str:
    """Say a year's number of concerns as it is published: none, fewer than 5, or the number."""
    return f"fewer than {FEW}" if count is None else "none" if count == 0 else str(count)


def totals_table(years: Sequence[YearOfConcerns]) -> pd.DataFrame:
    """Tabulate how many concerns were raised in each year, the newest first."""
    newest = sorted(years, key=lambda each: each.year, reverse=True)
    return pd.DataFrame(
        {
            "Year": [
                f"{each.year}, up to {clock.day_in_words(each.until)}" if each.until else str(each.year)
                for each in newest
            ],
            "Concerns raised": [total_words(each.count) for each in newest],
        },
        dtype=str,
    )
