import streamlit as st

from charter.review_queue import read_paper, review_queue
from charter.rules.refusals import RefusedError
from charter.store import reading
from pages.ui import viewer
from pages.ui.plain import plain
from pages.ui.reviewing import paper, places, queue

here = viewer.current()
ref = places.asked()
found, refusal = None, ""
with reading() as session:
    queued = () if ref else review_queue(session, viewer=here)
    if ref:
        try:
            found = read_paper(session, viewer=here, ref=ref)
        except RefusedError as refused:
            refusal = str(refused)
if found is not None:
    paper.draw(found)
elif ref:
    st.title("Review", anchor=False)
    st.warning(plain(refusal))
    places.draw_back()
else:
    queue.draw(queued)
