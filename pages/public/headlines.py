import streamlit as st

from charter import headlines, missing
from pages.ui import cached, came, cards, charts, opening, promised
from pages.ui.plain import plain
from pages.ui.reports import downloads

shown = opening.draw(
    "Is the charter keeping its promises?",
    will_be=(
        "This page will say in a few sentences what groups saw of the promises that public bodies made, what those "
        "bodies say of themselves, and what has changed."
    ),
)
if shown is not None:
    figures, who = cached.figures(shown), cached.who_answered(shown)
    first, *rest = headlines.headline(figures, who)
    st.markdown(f"**{plain(first)}** {plain(' '.join(rest))}")
    for column, theme in zip(st.columns(max(len(figures.themes), 1)), figures.themes, strict=False):
        with column:
            cards.draw_theme(theme, shown)
    promised.draw_texts(who.texts)
    came.draw(cached.came_of_it(shown), shown)
    charts.draw(shown, "widest_gaps")
    st.page_link("public/gap.py", label="See every gap", query_params=shown.address)

    st.header("What changed most", anchor=False)
    scored = [promise for theme in figures.themes for promise in theme.promises]
    for column, promise, improved in zip(st.columns(2), headlines.movers(scored), (True, False), strict=True):
        with column:
            cards.draw_mover(promise, shown, improved=improved)

    st.header("Who answered", anchor=False)
    if who.groups is not None:
        st.markdown(plain(headlines.response_sentence(who.groups)))
    charts.draw(shown, "response_by_income", header=False)
    charts.draw(shown, "response_by_kind", header=False)

    st.header("How we work together", anchor=False)
    st.markdown(
        "All partners owe these principles, so each side rates its own practice. They stand beside the themes and are "
        "in no theme’s score."
    )
    charts.draw(shown, "together", header=False)

    st.header("What is missing", anchor=False)
    st.markdown("\n".join(f"- {plain(said)}" for said in missing.what_is_missing(figures, who, cached.charters())))

    downloads.draw_for_everyone(shown.release)
