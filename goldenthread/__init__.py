"""The open performance framework for councils."""
