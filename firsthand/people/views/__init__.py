"""Pages of people, staff and stewards."""
