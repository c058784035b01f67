"""Owns the made-up town: its data, how it is filled through the real actions, and its marker."""
