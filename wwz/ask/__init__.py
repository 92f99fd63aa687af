"""One question, one answer: areas, layers, comparisons, conditions. Nothing of Streamlit."""
