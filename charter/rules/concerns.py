"""Who sees a concern and who may take it on: its two sides, the coordinator, and the monitoring group."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from db.types import ConcernState

#: How long the body has to answer before a concern goes on without its answer: two weeks at each step.
DAYS_TO_ANSWER = 14
FEW = 5  # concerns in a year: fewer are published as "fewer than 5", as the number could tell who raised them

OPEN = frozenset({ConcernState.WITH_CHAMPION, ConcernState.WITH_MONITORING_GROUP})


class Part(StrEnum):
    """What a viewer is to one concern. One viewer may be several of these at once."""

    RAISED = "raised"
    CONCERNED = "concerned"
    COORDINATES = "coordinates"
    MONITORS = "monitors"


@dataclass(frozen=True)
class Sight:
    """What a viewer is to concerns in general.

    Attributes:
        own: the organisations that the viewer answers for.
        leads: those of them that the viewer speaks for as a whole; not a part of a public body.
        champion_of: those of them whose charter champion the viewer is today.
        coordinates: whether the viewer is a coordinator.
        monitors: whether the viewer is of the monitoring group.
    """

    own: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    champion_of: frozenset[int] = frozenset()
    coordinates: bool = False
    monitors: bool = False

    def parts(self, *, raised_by: int, about: int, referred: bool) -> frozenset[Part]:
        """Tell what the viewer is to one concern; nothing where they may not know that it is there.

        Of the body that it is about only the champion sees it, and its leads once it was passed on to the monitoring
        group. Nobody of that body sees it as one of the monitoring group, or as the coordinator, who could settle it.

        Args:
            raised_by: the organisation that raised it.
            about: the public body that it is about.
            referred: whether it was passed on to the monitoring group.
        """
        found = {
            Part.RAISED: raised_by in self.leads,
            Part.CONCERNED: about in self.champion_of or (referred and about in self.leads),
            Part.COORDINATES: self.coordinates and about not in self.own,
            Part.MONITORS: self.monitors and about not in self.own,
        }
        return frozenset(part for part, is_one in found.items() if is_one)


def may_act_for_raiser(parts: Collection[Part]) -> bool:
    """Tell whether a viewer may pass a concern on, settle or withdraw it: for whoever raised it, or by the desk."""
    return Part.RAISED in parts or Part.COORDINATES in parts


def may_decide(parts: Collection[Part]) -> bool:
    """Tell whether a viewer may decide on a concern: the monitoring group, and nobody of either side."""
    return Part.MONITORS in parts and not {Part.RAISED, Part.CONCERNED} & set(parts)


def may_go_on(*, since: date, today: date, answered: bool, can_answer: bool = True) -> bool:
    """Tell whether a concern may leave where it is: the body has answered, had two weeks to, or cannot.

    Args:
        since: the day on which it came to where it is.
        today: the day that it is.
        answered: whether the body has said anything to it since then.
        can_answer: whether there is anybody of the body who can read it.
    """
    return answered or not can_answer or today >= answer_by(since)


def answer_by(since: date) -> date:
    """Give the day on which the body's time to answer is over."""
    return since + timedelta(days=DAYS_TO_ANSWER)


def published_count(count: int) -> int | None:
    """Give a year's number of concerns as it may be published: the number, or None for 1 to 4."""
    return None if 0 < count < FEW else count
