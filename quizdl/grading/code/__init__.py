"""NumPy functions that learners write: run in a sandbox, compared with a reference, told what is wrong."""
