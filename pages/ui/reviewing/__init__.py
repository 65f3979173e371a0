"""The monitoring group's review: the queue, one self-assessment to be read, and the decision."""
