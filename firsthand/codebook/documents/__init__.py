"""Reads documents as text for coding: bytes in, values out; nothing is fetched, run or written."""
