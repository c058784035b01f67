"""The pages of being answered, one file for each side and for the inbox."""
