"""What the screens share: state, tables, charts, maps."""
