"""The same small pack, journal and clock as the tests of the session."""

from tests.unit.study.conftest import kinds, library, world

__all__ = ["kinds", "library", "world"]
