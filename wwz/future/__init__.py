"""The future: a population that grows older, buurt by buurt, and what that means for limitations and doelgroepen."""
