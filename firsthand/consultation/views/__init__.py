"""The pages of consultation, one file for each of its parts."""
