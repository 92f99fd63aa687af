"""The profile of an area on one page, and its story in sentences."""
