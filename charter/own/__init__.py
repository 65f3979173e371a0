"""What an organisation sees and does about itself: its history, its copies, its data, leaving, and being forgotten."""
