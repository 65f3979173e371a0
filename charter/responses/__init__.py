"""Who has answered in a period and who has not: for the coordinator alone, while the period is run."""
