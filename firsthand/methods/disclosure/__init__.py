"""Owns disclosure control: which counts to withhold, and an attack that tries to find them out."""
