"""What the screens say of a form's tasks."""

from charter import clock
from charter.forms import Form
from charter.tasks import Part, Progress, Task

PROGRESS = {
    Progress.NOT_STARTED: "○ not started",
    Progress.IN_PROGRESS: "◐ in progress",
    Progress.DONE: "● done",
}
_NUMBERS = ("no", "one", "two", "three", "four", "five")


def short_questions(count: int) -> str:
    """Say how many short questions there are: "three short questions"."""
    return f"{_NUMBERS[count]} short question{'' if count == 1 else 's'}"


def title_of(task: Task) -> str:
    """Name a task: its strand, or the last questions."""
    if task.part is Part.CLOSING:
        return "One last question" if task.asked == 1 else f"{_NUMBERS[task.asked].capitalize()} last questions"
    return task.title if task.part is Part.MAIN else f"{task.title}: more questions"


def row_title(task: Task) -> str:
    """Name a task in a row of the list, below the heading of its part, unlike any other row."""
    if task.part is Part.CLOSING:
        return "Short questions"
    return task.title if task.part is Part.MAIN else f"{task.title}: more"


def progress_words(form: Form) -> str:
    """Say how far a form is: "5 of 15 main questions answered · about 6 minutes left · saved 19:42"."""
    minutes = form.minutes_left()
    words = [
        f"{form.answered(form.core)} of {len(form.core)} main questions answered",
        f"about {minutes} {'minute' if minutes == 1 else 'minutes'} left",
    ]
    if form.last_saved_at is not None:
        words.append(f"saved {clock.local(form.last_saved_at):%H:%M}")
    return " · ".join(words)


def share_answered(form: Form) -> float:
    """Give the share, 0 to 1, of the main questions that have an answer."""
    return form.answered(form.core) / len(form.core) if form.core else 1.0
