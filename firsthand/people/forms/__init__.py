"""What people and staff fill in about themselves, their sign-in and their teams."""
