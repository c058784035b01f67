"""Reads and writes REFI-QDA 1.5: whole coding projects (.qdpx) and codebooks (.qdc). Pure."""
