"""Shells: click commands, a file per group; each imports its work inside the command."""
