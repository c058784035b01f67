"""Ranking: what people put first, taken together, and how sure that is."""
