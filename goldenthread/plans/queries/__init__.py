"""What the pages of plans need to know; nothing here writes."""
