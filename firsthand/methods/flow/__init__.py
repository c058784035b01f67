"""Owns the flow diagram of a review: its counts, whether they add up, and how they are drawn."""
