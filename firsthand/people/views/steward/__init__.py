"""Pages of stewards: they run the site and read no words."""
