"""The same small pack, journal and clock as the tests of the session."""

from tests.unit.study.conftest import library, world

__all__ = ["library", "world"]
