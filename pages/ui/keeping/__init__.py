"""What the pages share that keep the lists: of organisations, of people, and of what was done."""
