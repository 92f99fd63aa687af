"""What the municipality itself asks: its own eisen and norms, beside the ones the product ships."""
