"""The recurring extract of the staff list: its map, how it is read, and what is on record to hold it against."""
