"""E-mails: written, sent, come back, and what is shown of them.

A verb that wants an e-mail to go out calls `sending.post` in its own transaction. That puts a row into the table
`mail`, and the letter itself into the outbox: a folder beside the store that its owner alone can read, as a letter may
hold a link that opens a form. After the commit the worker sends each letter in transactions of its own: it marks the
row as begun, hands the letter to the mail server, writes down what became of it, and takes the letter out of the
outbox. A row that was begun and never finished is one whose sending was broken off: nobody knows whether it went, and
it is never sent again by itself. Without a mail server the letters stay in the outbox, to be downloaded.
"""
