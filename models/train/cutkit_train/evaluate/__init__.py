"""How good a network is, on pictures it never saw."""
