"""YAML -> validated models; installed packs, checks, cards."""
