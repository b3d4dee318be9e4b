"""What the pages of measures need to know; nothing here writes."""
