"""Owns the search builder: blocks of synonyms, how each database writes them, the record."""
