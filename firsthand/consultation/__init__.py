"""Owns consultation: groups, ranking surveys, and comments on a draft of the model."""
