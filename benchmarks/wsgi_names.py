"""What the served application and its readers agree on."""

FLOOR = "/bench/floor"
"""Where the bare Flask page is."""
QUERIES_HEADER = "X-Bench-Queries"
"""How many statements an answer took."""
