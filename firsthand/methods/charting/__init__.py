"""Charting: what studies reported, counted, compared and mapped; values in, values out."""
