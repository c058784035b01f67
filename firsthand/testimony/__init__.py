"""Owns what people say happened."""
