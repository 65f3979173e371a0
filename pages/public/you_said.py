import streamlit as st

from charter import promising_words
from pages.ui import cached, opening, promised
from pages.ui.concerns import totals
from pages.ui.plain import plain

shown = opening.draw(
    "You said, we will",
    will_be=(
        "This page will show what each public body will do about the promise that groups scored lowest in each theme, "
        "and whether it did what it said the year before."
    ),
)
if shown is not None:
    promises = cached.promises(shown)
    now, before = [one for one in promises if one.own], [one for one in promises if not one.own]
    st.markdown(
        "Groups said how far each promise was kept. Each public body answers for the main promise that scored lowest "
        "in each theme."
    )
    if not now:
        st.info(f"No public body wrote what it will do after the {plain(shown.period)}.")
    promised.draw_now(now, shown)

    st.header("Was it done?", anchor=False)
    st.markdown(f"**{plain(promising_words.kept_sentence(before))}**")
    promised.draw_before(before)
    st.page_link("public/actions.py", label="See everything that is being done", query_params=shown.address)
    totals.draw(cached.concerns(shown))
    promised.draw_replies(cached.who_answered(shown).texts)
    promised.draw_early_access(cached.early_access(shown))
