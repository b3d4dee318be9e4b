"""The sums: pure functions and frozen values, with no framework and no database beneath them."""
