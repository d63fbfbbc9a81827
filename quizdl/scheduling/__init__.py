"""Pure functions on values: SM-2, the queue, the order of concepts. No clock, no RNG, no I/O."""
