"""Markdown + LaTeX -> terminal cells; Hangul helpers and cell widths."""
