"""Between coding projects of this site and the values of REFI-QDA 1.5, both ways."""
