"""What the pages of coding ask."""
