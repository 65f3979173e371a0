"""Sentences made from the figures of a release, in words that a councillor could read out.

What rests on few answers gets no headline, no direction and no rank (rule 8 of the method). A change that is picked
from a list has to be clear at 99%.
"""

from collections.abc import Iterable, Sequence

from charter.published.answers import Response, WhoAnswered
from charter.published.figures import Change, Figures, Gap, Promise, Sides, Theme
from charter.rules.trends import ENOUGH
from charter.words import DIRECTIONS, listed, signed
from db.types import Direction, GapKind, Side

OUT_OF = "out of 100"
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def headline(figures: Figures, who: WhoAnswered) -> tuple[str, ...]:
    """Answer in a few sentences whether the charter is keeping its promises."""
    themes = figures.themes
    spoken = [theme for theme in themes if theme.score is not None and not theme.few]
    found = [levels_sentence(themes)]
    if spoken:
        found.append(directions_sentence(spoken))
        found.append(widest_gap_sentence([promise for theme in themes for promise in theme.promises]))
    if who.groups is not None:
        found.append(response_sentence(who.groups))
    return tuple(sentence for sentence in found if sentence)


def levels_sentence(themes: Sequence[Theme]) -> str:
    """Say what groups give each theme; those with few answers or no score are left out."""
    spoken = [theme for theme in themes if theme.score is not None and not theme.few]
    if spoken:
        first, *rest = (f"{inside(theme.title)} {theme.score}" for theme in spoken)
        return f"Groups give {listed([f'{first} {OUT_OF}', *rest])}."
    if any(theme.few for theme in themes):
        return "Fewer than 30 groups, or under a quarter of those asked, answered: too few for a headline."
    return "No theme has a score in this review, because too few answers can be shown."


def directions_sentence(themes: Sequence[Sides]) -> str:
    """Say in which themes promises are kept better, worse, or about the same as in the review before."""
    changes = [(inside(theme.title), theme.change) for theme in themes if theme.change is not None]
    if not changes:
        return "There is no earlier review that these scores can be compared with."
    since = changes[0][1].since
    names = {direction: [name for name, change in changes if change.direction is direction] for direction in Direction}
    better, worse, same = (names[each] for each in (Direction.BETTER, Direction.WORSE, Direction.NO_CLEAR_CHANGE))
    moved = [f"{word} {_on(part, len(changes))}" for word, part in (("better", better), ("worse", worse)) if part]
    said = [f"Since the {since}, groups say that promises are kept {' and '.join(moved)}."] if moved else []
    if len(same) == len(changes):
        said.append(f"Since the {since}, groups see no clear change.")
    elif same:
        said.append(f"They see no clear change on {listed(same)}." if moved else f"No clear change on {listed(same)}.")
    other = [*names[Direction.CANNOT_BE_COMPARED], *names[Direction.FEW_ANSWERS]]
    if len(other) == len(changes):
        return f"This review cannot be compared with the {since}."
    if other:
        said.append(f"{opening(listed(other))} cannot be compared.")
    return " ".join(said)


def widest_gap_sentence(found: Sequence[Sides]) -> str:
    """Say where the two sides are clearly furthest apart, or that no gap is clear."""
    widest = widest_gap(found)
    if widest is None or widest.gap is None:
        return "No gap between the two sides is clear." if any(each.gap for each in found) else ""
    return f"The widest gap is on {quoted(widest.title)}: {both_sides(widest.gap)}."


def both_sides(gap: Gap) -> str:
    """Say what each side says of a promise, with whole numbers out of 100."""
    if gap.kind is GapKind.DIFFERENCE_BETWEEN_SIDES:
        return f"public bodies give themselves {gap.practice} {OUT_OF}, and groups give themselves {gap.experience}"
    if gap.owing_side is Side.VCFSE:
        return f"groups give themselves {gap.practice} {OUT_OF}, and public bodies give them {gap.experience}"
    return f"public bodies give themselves {gap.practice} {OUT_OF}, and groups give {gap.experience}"


def response_sentence(response: Response) -> str:
    """Say how many groups answered, of how many that were asked."""
    return f"{response.submitted} of {response.invited} groups answered ({response.percent})."


def change_parts(change: Change | None, *, few: bool) -> tuple[str, str]:
    """Say a change in a word or two, and what it is measured against: "Better", "than in the 2024 review"."""
    if few or (change is not None and change.direction is Direction.FEW_ANSWERS):
        return DIRECTIONS[Direction.FEW_ANSWERS].capitalize(), "so no direction is given"
    if change is None:
        return "First review", "with nothing to compare it with yet"
    word = DIRECTIONS[change.direction].capitalize()
    match change.direction:
        case Direction.BETTER | Direction.WORSE:
            return word, f"than in the {change.since}"
        case Direction.NO_CLEAR_CHANGE:
            return word, f"since the {change.since}"
        case _:
            return word, f"with the {change.since}"


def change_sentence(change: Change | None, *, of_theme: bool = False) -> str:
    """Tell a change in full: its points, both scores, how many it rests on, and what was carried over (rule 8).

    Args:
        change: what changed.
        of_theme: whether it is a theme's. Its two scores are those of the main promises that can be compared, which
            may be fewer than those of the theme's score in either review, so the sentence says what they are of.
    """
    if change is None:
        return "There is no earlier review to compare this with."
    if change.points is None or change.direction in (Direction.CANNOT_BE_COMPARED, Direction.FEW_ANSWERS):
        reason = "too few groups answered" if change.direction is Direction.FEW_ANSWERS else _why_not(change)
        return f"It cannot be compared with the {change.since}: {reason}."
    moved = f"{DIRECTIONS[change.direction].capitalize()}, by {points(abs(change.points))},"
    if change.direction is Direction.NO_CLEAR_CHANGE:
        moved = f"No clear change ({points(change.points, with_sign=True)})"
    scores = "For the main promises that can be compared, the" if of_theme else "The"
    return (
        f"{moved} since the {change.since}, among the {change.matched} groups that answered both times. "
        f"{scores} score of all who answered was {change.before} then and is {change.after} now. {_carried(change)}"
    )


def _carried(change: Change) -> str:
    """Say how many of a change's later answers were carried over: it is part of what the change rests on."""
    if change.carried_over is None:
        return "It is not known how many of these answers were kept from last time."
    kept = f"{change.carried_over} of these answers were kept from last time."
    return f"Mostly carried over: {kept}" if change.mostly_carried_over else opening(kept)


def movers(promises: Iterable[Promise]) -> tuple[Promise | None, Promise | None]:
    """Pick the promise that improved most and the one that got worse most, if any moved clearly at 99%."""
    moved = [
        (promise.change.points, promise)
        for promise in promises
        if promise.change is not None and promise.change.points is not None and not promise.few
    ]
    better = [each for each in moved if _direction(each[1]) is Direction.BETTER]
    worse = [each for each in moved if _direction(each[1]) is Direction.WORSE]
    return (
        max(better, key=lambda each: (each[0], each[1].ref))[1] if better else None,
        min(worse, key=lambda each: (each[0], each[1].ref))[1] if worse else None,
    )


def mover_sentence(promise: Promise | None, *, improved: bool) -> str:
    """Say which promise improved most, or got worse most; or that none did clearly."""
    if promise is None or promise.change is None or promise.change.points is None:
        return f"No promise got clearly {'better' if improved else 'worse'}."
    said = "improved most" if improved else "got worse most"
    how = "up" if improved else "down"
    return f"{quoted(promise.title)} {said}: {how} {points(abs(promise.change.points))}."


def ranked(found: Sequence[Sides]) -> tuple[Sides, ...]:
    """Put what may be ranked in order of what groups said, the highest first."""
    shown = [each for each in found if each.score is not None and not each.few]
    return tuple(sorted(shown, key=lambda each: (-(each.score or 0), each.title)))


def theme_sentence(theme: Theme) -> str:
    """Say which of a theme's promises groups rate highest and lowest."""
    order = ranked(theme.promises)
    if len(order) < 2:  # noqa: PLR2004 - a highest and a lowest
        return "Too few of its promises can be put in order."
    return f"Highest: {quoted(order[0].title)}, {order[0].score}. Lowest: {quoted(order[-1].title)}, {order[-1].score}."


def theme_answer(theme: Theme) -> tuple[str, ...]:
    """Open a theme's page: what groups give it, what public bodies give themselves, and what has changed."""
    if theme.score is None:
        return (f"{theme.title} has no score in this review: {why_no_theme_score(theme)}.",)
    if theme.few:
        return (f"Groups give {inside(theme.title)} {theme.score} {OUT_OF}, but few answered.",)
    said = [f"Groups give {inside(theme.title)} {theme.score} {OUT_OF}."]
    if theme.gap is not None and theme.gap.points is not None:
        said.append(f"Public bodies give themselves {theme.gap.practice}: {gap_words(theme.gap)}.")
    said.append(f"{' '.join(change_parts(theme.change, few=False))}.")
    return tuple(said)


def gap_words(gap: Gap) -> str:
    """Say a gap in words: "a clear gap of 13 points"."""
    if gap.points is None:
        return "no gap can be shown"
    if gap.kind is GapKind.DIFFERENCE_BETWEEN_SIDES:
        return f"a difference of {points(abs(gap.points))}"
    size = f"{gap_points(gap.points)} point{'' if abs(gap.points) == 1 else 's'}"
    return f"a clear gap of {size}" if gap.clear else f"a gap of {size}, not a clear one"


def gap_points(value: int) -> str:
    """Write a gap: without a sign where those who owe the promise rate it higher, else with a minus sign."""
    return signed(value) if value < 0 else f"{value}"


def why_no_theme_score(theme: Theme) -> str:
    """Say why a theme has no score, as the end of a sentence."""
    if theme.sector is None or theme.sector.asked is None:
        return "groups were not asked about it"
    shown = f"only {theme.sector.shown}" if theme.sector.shown else "none"
    return f"{shown} of its {theme.sector.asked} main promises can be shown"


def widest_gap(found: Iterable[Sides]) -> Sides | None:
    """Pick the promise whose gap is clear and widest, whichever side rates it higher."""
    clear = [each for each in found if each.gap is not None and each.gap.clear and not each.few]
    return min(clear, key=lambda each: (-abs(each.gap.points or 0) if each.gap else 0, each.title), default=None)


def widest_first(promises: Iterable[Promise], *, owing: Side) -> list[Promise]:
    """Put the promises that one side owes in order of their gap, the widest first; what has no place comes last."""
    found = [
        (promise, promise.gap)
        for promise in promises
        if promise.gap is not None and promise.gap.kind is GapKind.PERCEPTION_GAP and promise.gap.owing_side is owing
    ]
    found.sort(key=lambda pair: (pair[1].points is None or pair[0].few, -abs(pair[1].points or 0), pair[0].title))
    return [promise for promise, _ in found]


def points(value: int, *, with_sign: bool = False) -> str:
    """Say a number of points: "1 point", "9 points" or, with its sign, "−3 points"."""
    return f"{signed(value) if with_sign else value} point{'' if abs(value) == 1 else 's'}"


def counted(number: int) -> str:
    """Say a number as a word up to nine."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else f"{number}"


def quoted(title: str) -> str:
    """Put a promise's title in quotation marks."""
    return f"“{title}”"


def inside(title: str) -> str:
    """Write a theme's title as it stands inside a sentence, but leave initials alone."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def opening(words: str) -> str:
    """Write words as they stand at the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def _direction(promise: Promise) -> Direction | None:
    return promise.change.listed_direction if promise.change is not None else None


def _on(names: Sequence[str], everything: int) -> str:
    if len(names) == everything and everything > 1:
        return "in both themes" if everything == 2 else f"in all {counted(everything)} themes"  # noqa: PLR2004 - a pair
    return f"on {listed(names)}"


def _why_not(change: Change) -> str:
    if change.withheld is not None or change.matched is None:
        return "what groups said cannot be shown for both reviews, or the promise has changed its meaning"
    if change.matched >= ENOUGH:
        return "too few of its main promises mean the same and can be shown in both reviews"
    return f"only {change.matched} groups answered both times"
