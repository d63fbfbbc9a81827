"""`python -m quizdl` is `quizdl`."""

from quizdl.cli import main

main()
