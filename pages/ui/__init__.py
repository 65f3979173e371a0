"""What the pages share: who is here, the menu, the guard, signing in, and the look."""
