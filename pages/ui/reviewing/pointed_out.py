"""What is pointed out to a reviewer, in words: unusual jumps, and high levels without evidence."""

from charter.questions import Question
from charter.review_queue import Paper
from charter.rollover import Since
from pages.ui.assessment import scale
from pages.ui.plain import plain

_NO_COMPARISON = {
    Since.NEW: "New this year, so there is nothing to compare it with.",
    Since.CHANGED: "It means something else than last year, so it cannot be compared.",
    Since.OTHER_SIDE: "Last time this body was asked about the other side, so there is nothing to compare it with.",
    Since.SAME: "No answer that counted last time.",
}


def words(paper: Paper, question: Question) -> tuple[str, ...]:
    """Say what is unusual about an answer, each in a sentence; nothing where nothing is."""
    said = []
    jump = paper.jump(question)
    if jump is not None:
        title = plain(paper.form.before(question).period_title)
        said.append(f"{'▲' if jump > 0 else '▼'} {abs(jump)} levels {'up' if jump > 0 else 'down'} since {title}.")
    if paper.without_evidence(question):
        said.append("■ A high level, and no evidence is given for it.")
    return tuple(said)


def last_time(paper: Paper, question: Question) -> str:
    """Say what was answered last time, or why there is nothing to compare; empty where there was no last time."""
    before = paper.form.before(question)
    if before.choice is None:
        return _NO_COMPARISON[before.since] if before.since else ""
    kept = ", carried over with one press" if paper.form.answer(question).carried_over else ""
    return f"{plain(before.period_title)}: {scale.label_of(before.choice)}{kept}"


def summary(paper: Paper) -> str:
    """Say how many answers are pointed out, and why."""
    questions = paper.form.questions
    jumps = sum(paper.jump(question) is not None for question in questions)
    bare = sum(paper.without_evidence(question) for question in questions)
    if not jumps and not bare:
        return "Nothing is unusual: no answer moved by two levels or more, and each high level has evidence."
    found = []
    if jumps:
        found.append(f"{jumps} {'answer' if jumps == 1 else 'answers'} moved by two levels or more")
    if bare:
        found.append(f"{bare} {'says' if bare == 1 else 'say'} mostly or fully without evidence")
    return f"**To look at:** {', and '.join(found)}. They are marked below. That alone is no mistake."
