"""Fetch real data at CBS, RIVM and PDOK: plan, fetch, check, and only then build."""
