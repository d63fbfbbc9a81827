"""quizdl: a spaced-repetition trainer for deep learning that checks the answers, in Korean and English."""

__version__ = "0.1.0"
