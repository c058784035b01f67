"""What was coded, as files to take away: web annotations, a table, marked texts.

Each holds what the coder who asks may see, and nothing of what a person told us.
"""
