"""Clocks that run: the next due date of each matter, what stopped it, and why it was late."""
