import streamlit as st

from charter import method
from charter.rules.disclosure import THRESHOLD
from pages.ui import opening, tables
from pages.ui.plain import plain

shown = opening.draw(
    "How are the figures made?", will_be="This page says how figures are made. It holds for every review."
)
for part in method.parts(threshold=shown.release.threshold if shown is not None else THRESHOLD):
    st.header(part.title, anchor=False)
    for paragraph in part.paragraphs:
        st.markdown(plain(paragraph))

st.header("A worked example", anchor=False)
answered, steps = method.worked_example()
st.markdown(plain(" ".join(answered)))
tables.draw(steps, alt="The steps from the answers to the figures")
st.markdown(
    "This page works the example out anew each time, with the same rules that make the published figures. Anyone "
    "with the store can make every figure of a release again from its answers, and the store says if one differs."
)
