"""Screening: in which order to read records, why so, when to stop, and how good that was."""
