"""The pages of telling and of owning what was told."""
