"""The public's pages, by subject."""
