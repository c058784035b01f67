"""Firsthand: tell what happened, own it, be answered, be counted."""
