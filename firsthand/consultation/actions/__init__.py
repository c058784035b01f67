"""Doing: each names its doer and leaves a line in the trail."""
