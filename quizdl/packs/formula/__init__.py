"""The expression language of packs: numbers, arrays and a closed list of functions; no Python runs."""
