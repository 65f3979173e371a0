"""What the coordinator's pages share: the period that is worked on, acting with a message, and confirming."""
