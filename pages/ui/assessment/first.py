"""The first screen: what is asked, how long it takes, and who will see the answers."""

import streamlit as st

from charter import clock
from charter.form_words import by_name, seen_by_few
from charter.forms import Form
from charter.tasks import LIST_STEP
from db.types import Side
from pages.ui.assessment import steps
from pages.ui.assessment.task_words import short_questions
from pages.ui.plain import plain


def draw(form: Form) -> None:
    """Draw the first screen, with the button that starts the form or goes on with it."""
    group = form.side is Side.VCFSE
    steps.draw_heading(form, "How well are the promises kept?" if group else "How well do you keep your promises?")
    st.markdown(_about(form))
    st.header("Who will see your answers", anchor=False)
    st.markdown(seen_by_few(form.period.threshold) if group else by_name(plain(form.organisation_name)))
    steps.button("Start" if form.state is None else "Continue", LIST_STEP, key="begin", primary=True)
    st.header("What we ask", anchor=False)
    st.markdown(_asked(form))


def _about(form: Form) -> str:
    seen = "how far you saw the promises kept" if form.side is Side.VCFSE else "how far you kept each promise"
    minutes = form.minutes()
    return (
        f"You tell us {seen} in the last 12 months. The promises are those of **{plain(form.period.charter_title)}**. "
        f"It takes **about {minutes} minute{'' if minutes == 1 else 's'}**, and you can stop and come back."
    )


def _asked(form: Form) -> str:
    core, more = len(form.core), len(form.questions) - len(form.core)
    lines = [f"- {core} main questions, and {short_questions(len(form.closing_asked))}. Most need one click each."]
    if more:
        lines.append(f"- {more} more {'question' if more == 1 else 'questions'}, only if you have time.")
    lines.append("- Each answer is saved as you give it. You can come back to it on any device.")
    lines.append("- There are no right or wrong answers. “Don’t know” is an answer too.")
    if form.side is Side.PUBLIC:
        lines.append("- Where you say mostly or fully, you can point to what shows it.")
    if form.period.takes_answers(clock.now()):
        lines.append(f"- You can answer until the end of {clock.day_in_words(form.period.closes_on)}.")
    return "\n".join(lines)
