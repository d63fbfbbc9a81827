"""Append-only events in SQLite, their replay to card states, and the queries that statistics need."""
