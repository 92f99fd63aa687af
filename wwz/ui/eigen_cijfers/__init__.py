"""The screen Eigen cijfers."""
