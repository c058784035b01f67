"""Doing: each action names its doer, and leaves its line in the trail in the same transaction."""
