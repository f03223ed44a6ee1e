"""How information comes in, and the first decision about it."""
