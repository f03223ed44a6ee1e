"""Settings, addresses and the command: the top of the house."""
