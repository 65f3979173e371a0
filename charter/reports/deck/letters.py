"""The sizes of letters on PowerPoint slides: in our own look, and in one that an organisation brought."""

from dataclasses import dataclass

from charter.reports.deck.boxes import Box


@dataclass(frozen=True)
class Letters:
    """The letters that a look has room for. Sizes are in points, the largest first.

    Attributes:
        opening: of the first slide's headline.
        headline: of any other.
        words: of what is said below it, where there is no chart.
        above_chart: of what is said above a chart.
        chart: of a chart's names and numbers, and of its axis.
        source: of the line at the foot.
        muted: whether that line is in the look's second colour, which is dark enough in ours.
        foot: how high that line's place is.
        foot_wide: the part of the width that it takes; what is on its right in many a look is the slide's number.
        wider: how much wider the letters are than those of Source Sans, by which they are measured.
        rises: whether what stands below a short headline rises to it.
        code: where the first slide has room for a code; None where that is not known.
    """

    opening: tuple[int, ...]
    headline: tuple[int, ...]
    words: tuple[int, ...]
    above_chart: tuple[int, ...]
    chart: tuple[int, int]
    source: tuple[int, ...]
    muted: bool
    foot: float
    foot_wide: float
    wider: float
    rises: bool
    code: Box | None


#: In our own look nothing is smaller than 24 points, as in the show. Its letters are Arial's.
OURS = Letters(
    opening=(48, 44, 40, 36, 32, 28, 24),
    headline=(34, 32, 30, 28, 26, 24),
    words=(32, 30, 28, 26, 24),
    above_chart=(24,),
    chart=(24, 24),
    source=(24,),
    muted=True,
    foot=38.0,
    foot_wide=1.0,
    wider=1.1,
    rises=True,
    code=Box(690, 262, 200, 200),
)
#: A template has its own places, which may be small: there, words are rather smaller than cut.
OTHERS = Letters(
    opening=(44, 40, 36, 32, 28, 24),
    headline=(32, 30, 28, 26, 24, 22, 20, 18),
    words=(28, 26, 24, 22, 20, 18, 16),
    above_chart=(24, 22, 20, 18, 16),
    chart=(18, 14),
    source=(14, 13, 12, 11, 10),
    muted=False,
    foot=26.0,
    foot_wide=0.9,
    wider=1.2,
    rises=False,
    code=None,
)
