"""Processes that run code of learners and packs and can do no harm; see `lock` for the layers."""
