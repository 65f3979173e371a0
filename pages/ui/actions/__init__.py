"""The page of actions: the board, the timeline, one action with its forms, what committees recommended, and history."""
