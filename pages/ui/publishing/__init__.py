"""Publishing: checking a closed review, the words that go with it, sharing it early, and putting it right."""
