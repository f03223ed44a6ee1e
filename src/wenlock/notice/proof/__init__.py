"""Proving the notice: for each statement, that the refusing objects stand, that every row obeys, and that an attempted
violation is refused. All of it is read from the database, never from code alone.
"""
