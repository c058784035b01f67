"""What is filled in. What was typed is given back whole, whatever was wrong with it."""
