"""The bodies and professionals that information comes from and goes to."""
