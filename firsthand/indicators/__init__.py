"""Owns figures published after disclosure control."""
