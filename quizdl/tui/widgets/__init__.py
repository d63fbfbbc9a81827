"""A file per widget, which owns its messages and bindings."""
