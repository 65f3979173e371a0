"""The demonstration: made-up organisations and answers with a story in them, so that a newcomer sees it all."""
