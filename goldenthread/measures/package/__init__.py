"""Measures and everything said of them, in and out of the data package."""
