"""Backups of the whole store in one file, and how a store is made from one again."""
