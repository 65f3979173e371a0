"""What a release holds, made from its frozen inputs and from nothing else.

The same functions make the figures when a period is published and again when a release is verified.
"""
