"""Made answers and whole populations of them, for the tests of the rules."""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import comb, prod, sqrt
from statistics import fmean, variance

from charter.rules.scoring import POINTS, CommitmentAnswers, Interval, t_quantile

Rule = Callable[[CommitmentAnswers], Interval | None]


def answers(
    *counts: int, invited: int | None = None, does_not_apply: int = 0, dont_know: int = 0, first: int = 0
) -> CommitmentAnswers:
    """Answers of organisations numbered from `first`, given how many chose each level from 0 up."""
    levels = [level for level, count in enumerate(counts) for _ in range(count)]
    return CommitmentAnswers(
        invited=len(levels) + does_not_apply + dont_know if invited is None else invited,
        levels=dict(enumerate(levels, start=first)),
        does_not_apply=does_not_apply,
        dont_know=dont_know,
    )


def plain_t(given: CommitmentAnswers) -> Interval:
    """The interval that one would reach for first: mean ± t·√((1 − f)·s²/n), kept within 0 to 100."""
    levels = list(given.levels.values())
    n = len(levels)
    reach = POINTS * t_quantile(0.975, n - 1) * sqrt((1 - n / given.invited) * variance(levels) / n)
    middle = POINTS * fmean(levels)
    return Interval(max(0.0, middle - reach), min(100.0, middle + reach))


def exact_coverage(population: Sequence[int], n: int, rule: Rule) -> float:
    """How often the rule's interval holds the true score, over all samples of n from a population (counts by level).

    Every possible sample is visited with its probability (multivariate hypergeometric): nothing is drawn at random.
    """
    invited = sum(population)
    truth = POINTS * sum(level * count for level, count in enumerate(population)) / invited
    held = 0
    for sample in _samples(population, n):
        found = rule(answers(*sample, invited=invited))
        assert found is not None
        if found.low - 1e-9 <= truth <= found.high + 1e-9:
            held += prod(comb(count, drawn) for count, drawn in zip(population, sample, strict=True))
    return held / comb(invited, n)


def _samples(population: Sequence[int], n: int) -> Iterator[tuple[int, ...]]:
    *others, last = population
    for drawn in product(*(range(min(count, n) + 1) for count in others)):
        if 0 <= n - sum(drawn) <= last:
            yield (*drawn, n - sum(drawn))
