"""What if: placing or closing voorzieningen, and the best places for them."""
