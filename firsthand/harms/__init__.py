"""Owns the model of harm: its versions, entries, ranks, crosswalks and publication."""
