"""What is done in consultation, one file for each of its parts."""
