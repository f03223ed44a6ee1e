"""The page kit: one Jinja2 environment, one way to draw a form, and the pieces every screen is made of."""
