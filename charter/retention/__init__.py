"""What is kept for how long: the one table of rules, and what carries it out."""
