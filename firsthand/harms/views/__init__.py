"""The public pages of the model, and its downloads."""
