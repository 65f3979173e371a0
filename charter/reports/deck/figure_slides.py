"""The slides of scores: the three themes, what changed most, the perception gap, and who answered."""

from collections.abc import Sequence

from charter import findings, gap_sentences, headlines, heard
from charter.charts.sides import PUBLIC_OWE
from charter.published import tables
from charter.published.answers import Response
from charter.published.figures import InPeriod, Promise, Theme
from charter.published.order import responses_in_order
from charter.reports.contents import Contents
from charter.reports.deck import editable, hall_drawings
from charter.reports.deck.fitting import short_themes, short_titles
from charter.reports.deck.slide import Slide
from charter.reports.deck.telling import is_first
from charter.reports.drawings import names_of
from charter.words import group_label, hidden_note
from db.types import Breakdown, Side, SlideKey

_WIDEST = 3


def themes_slide(contents: Contents) -> Slide:
    """Tell what groups give each theme."""
    themes, period = short_themes(contents.figures.themes), contents.release.period_title
    told = tuple(_theme_note(theme) for theme in contents.figures.themes)
    if all(theme.score is None for theme in themes):
        why = tuple(sentence for theme in themes for sentence in headlines.theme_answer(theme))
        return Slide(key=SlideKey.THEMES, headline=headlines.levels_sentence(themes), said=why, notes=told)
    drawn = hall_drawings.scores(themes, period=period, dark=False)
    hidden = [hidden_note(contents.release.threshold)] if contents.figures.hidden else []
    return Slide(
        key=SlideKey.THEMES,
        headline=headlines.levels_sentence(themes),
        drawing=drawn,
        dark=hall_drawings.scores(themes, period=period, dark=True),
        chart=editable.scores_chart(themes, names=PUBLIC_OWE),
        table=drawn.table if drawn else None,
        notes=(*told, *hidden),
    )


def changed_slide(contents: Contents) -> Slide:
    """Tell which promise changed most, or that none did clearly, or that this is the first review."""
    better, worse = headlines.movers(short_titles(contents.scored))
    most = better or worse
    themes = [theme for theme in contents.figures.themes if theme.score is not None and not theme.few]
    since = _since(contents, short_themes(themes))
    notes = tuple(f"{theme.title}: {headlines.change_sentence(theme.change, of_theme=True)}" for theme in themes)
    if most is None:
        compared = any(promise.change is not None for promise in contents.scored)
        none = " ".join(headlines.mover_sentence(None, improved=improved) for improved in (True, False))
        return Slide(key=SlideKey.CHANGED, headline=since, said=(none,) if compared else (), notes=notes)
    history = comparable(most)
    drawn = hall_drawings.reviews(most, history, dark=False)
    return Slide(
        key=SlideKey.CHANGED,
        headline=headlines.mover_sentence(most, improved=better is not None),
        said=(since, headlines.mover_sentence(worse if better else None, improved=better is None)),
        drawing=drawn,
        dark=hall_drawings.reviews(most, history, dark=True),
        chart=editable.reviews_chart(history, names=names_of(most)),
        table=drawn.table,
        notes=(f"{headlines.quoted(most.title)}: {headlines.change_sentence(most.change)}", *notes),
    )


def gap_slide(contents: Contents) -> Slide:
    """Tell on which promise the two sides are furthest apart, with the widest gaps in what public bodies owe."""
    scored, period = short_titles(contents.scored), contents.release.period_title
    found = [each for each in headlines.widest_first(scored, owing=Side.PUBLIC) if _shown(each)][:_WIDEST]
    drawn = hall_drawings.gaps(found, period=period, dark=False)
    return Slide(
        key=SlideKey.GAP,
        headline=headlines.widest_gap_sentence(scored) or gap_sentences.agreement_sentence(scored),
        drawing=drawn,
        dark=hall_drawings.gaps(found, period=period, dark=True),
        chart=editable.gaps_chart(found, names=PUBLIC_OWE) if drawn else None,
        table=drawn.table if drawn else None,
        notes=(gap_sentences.agreement_sentence(contents.scored), *(_gap_note(each) for each in found)),
    )


def answered_slide(contents: Contents) -> Slide:
    """Tell how many groups answered, by yearly income."""
    who, period = contents.who, contents.release.period_title
    found = responses_in_order(who, Breakdown.INCOME)
    drawn = hall_drawings.responses(who, period=period, dark=False)
    first, *more = heard.opening_sentences(who)
    bodies = ", ".join(f"{body.name} ({'answered' if body.answered else 'no accepted answers'})" for body in who.bodies)
    return Slide(
        key=SlideKey.ANSWERED,
        headline=first,
        drawing=drawn,
        dark=hall_drawings.responses(who, period=period, dark=True),
        chart=editable.response_chart(found) if drawn else None,
        table=drawn.table if drawn else None,
        notes=(
            *more,
            *(_response_note(each) for each in found),
            f"Public bodies: {bodies}." if bodies else "No public body was asked.",
        ),
    )


def _since(contents: Contents, spoken: Sequence[Theme]) -> str:
    """Say how the themes moved since the review before; one without a score to be compared is not a first review."""
    if not is_first(contents) and not any(theme.change for theme in spoken):
        return "No theme has a score that can be compared with an earlier review."
    return headlines.directions_sentence(spoken).replace("….", "…")


def comparable(promise: Promise) -> tuple[InPeriod, ...]:
    """Give a promise's scores since its meaning last changed: only they may be joined by a line."""
    last = max((each.segment for each in promise.history), default=0)
    return tuple(each for each in promise.history if each.segment == last)


def _shown(promise: Promise) -> bool:
    return promise.gap is not None and promise.gap.points is not None and not promise.few


def _theme_note(theme: Theme) -> str:
    said = " ".join(headlines.theme_answer(theme))
    score = theme.sector
    if score is None or score.score is None or score.low is None:
        return said if said.startswith(theme.title) else f"{theme.title}: {said}"
    return f"{theme.title}: {said} Likely range {tables.range_words(score)}, {findings.from_groups(score)}."


def _gap_note(promise: Promise) -> str:
    gap, sector = promise.gap, promise.sector
    if gap is None or sector is None:
        return promise.title
    both = headlines.opening(headlines.both_sides(gap))
    bodies = "body" if gap.bodies_asked == 1 else "bodies"
    return (
        f"{headlines.quoted(promise.title)}: {both}. That is {headlines.gap_words(gap)}, "
        f"{findings.from_groups(sector)} and {gap.bodies_answered} of {gap.bodies_asked} public {bodies}."
    )


def _response_note(each: Response) -> str:
    return f"{group_label(each.breakdown, each.group)}: {each.submitted} of {each.invited} ({each.percent})."
