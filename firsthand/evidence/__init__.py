"""Evidence reviews: what is read, how it is sorted, and what it shows."""
