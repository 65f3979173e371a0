"""A second door into the same accounts: an organisation's own directory says who somebody is (OpenID Connect).

It is not Streamlit's `st.login`: that keeps a cookie of its own for thirty days, beside the session table, so that
neither signing out nor a shut account would end it. Here the directory is asked once, and from then on there is the
same session in the store, with the same cookie, as after a right password.
"""
