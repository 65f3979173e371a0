"""Promises, what became of them, and early access, in words for the screen."""

from collections.abc import Sequence
from datetime import date

from charter import clock
from charter.published.words import Looked, PublishedPromise
from charter.words import ACTION_STATUSES
from db.types import ActionStatus, Precision


def due_words(due_on: date | None, precision: Precision | None) -> str:
    """Say by when: "by 3 November 2026", "by the end of November 2026", "by the end of 2026", or "ongoing"."""
    if due_on is None:
        return "ongoing"
    if precision is Precision.YEAR:
        return f"by the end of {due_on.year}"
    if precision is Precision.MONTH:
        return f"by the end of {due_on:%B %Y}"
    return f"by {clock.day_in_words(due_on)}"


def action_words(promise: PublishedPromise) -> str:
    """Say which action is behind a promise and by when, or why there is none."""
    if not promise.action:
        return f"No action: {promise.no_action_reason}"
    return f"Action: {promise.action} ({due_words(promise.due_on, promise.due_precision)})"


def done_words(promise: PublishedPromise) -> str:
    """Say what became of a promise, as a shape and a word."""
    if promise.status is None:
        return "– no action was promised"
    return ACTION_STATUSES[promise.status]


def score_said(promise: PublishedPromise) -> str:
    """Say what groups gave the promise that is answered."""
    if promise.score is None:
        return "The score is hidden."
    return f"Groups gave it {promise.score} out of 100."


def kept_sentence(promises: Sequence[PublishedPromise]) -> str:
    """Say in a sentence how many of the last review's promises were done."""
    behind = [promise for promise in promises if promise.status is not None]
    if not promises:
        return "There are no promises of an earlier review to look back on."
    if not behind:
        return "Nothing that can be ticked off was promised in the review before this one."
    done = sum(promise.status is ActionStatus.DONE for promise in behind)
    return f"{done} of the {len(behind)} actions that were promised in the {promises[0].period_title} are done."


def looked_words(looked: Looked) -> str:
    """Say who had early access to figures, and when they first looked."""
    name = f"{looked.name}, {looked.organisation}" if looked.organisation else looked.name
    if looked.shared_at == looked.first_seen_at:
        return f"{name}: looked at its own figures on {clock.moment_in_words(looked.shared_at)}"
    given = f"given on {clock.moment_in_words(looked.shared_at)}"
    if looked.first_seen_at is None:
        return f"{name}: {given}, and never looked at"
    return f"{name}: {given}, first looked at on {clock.moment_in_words(looked.first_seen_at)}"
