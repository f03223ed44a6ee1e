"""Wenlock: children's services, with the council's privacy notice as the specification."""

__version__ = "0.1.0"
