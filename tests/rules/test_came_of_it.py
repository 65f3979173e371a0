"""What came of it in sentences: outcomes on and off track, the way back, and actions that are late."""

import pytest

from charter.came_of_it import CameOfIt, OffTrack, came_sentences
from charter.rules.outcomes import Counts

ON = "2 of 3 outcomes with a target are on track."
WITH, WITHOUT = OffTrack("a", "A", "far", "Soon."), OffTrack("b", "B", "far", "")


def came(*off: OffTrack, actions: int = 0, overdue: int = 0, with_status: int = 3) -> CameOfIt:
    counts = Counts(2, 0, len(off), with_status, 0, 0)
    return CameOfIt(counts, ON, off, actions, overdue)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (came(), (ON, "None is off track.")),
        (came(WITH), (ON, "1 is off track, with a plan for how it gets back.")),
        (came(WITH, WITH), (ON, "2 are off track, each with a plan for how it gets back.")),
        (came(WITHOUT, WITH), (ON, "2 are off track, and for 1 of them nobody has said yet how it gets back.")),
        (came(WITHOUT, WITHOUT), (ON, "2 are off track, and nobody has said yet how they get back.")),
        (came(with_status=0), (ON,)),
        (came(actions=1), (ON, "None is off track.", "The one action is not overdue.")),
        (came(actions=1, overdue=1), (ON, "None is off track.", "The one action is overdue.")),
        (came(actions=4), (ON, "None is off track.", "None of the 4 actions is overdue.")),
        (came(actions=4, overdue=1), (ON, "None is off track.", "1 of the 4 actions is overdue.")),
        (came(actions=4, overdue=2), (ON, "None is off track.", "2 of the 4 actions are overdue.")),
    ],
)
def test_it_is_said_in_sentences_that_can_be_read_out(found: CameOfIt, said: tuple[str, ...]) -> None:
    assert came_sentences(found) == said
