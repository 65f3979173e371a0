"""The self-assessment's screens: which form, its first screen, its tasks, its questions, checking and sending."""
