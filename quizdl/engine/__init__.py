"""The reference NumPy engine; imports numpy and nothing of quizdl."""
