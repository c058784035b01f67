"""The pages of coding, a few of one kind in each file."""
