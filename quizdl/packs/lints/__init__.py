"""What can be wrong with a pack beyond its fields: one function a lint, in a module for each subject."""
