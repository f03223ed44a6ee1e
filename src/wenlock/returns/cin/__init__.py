"""The children in need census: its words, its file read, written and compared."""
