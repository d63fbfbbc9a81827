"""The headless session: what is asked next, and what an answer does."""
