"""Training, evaluation and export of Cutkit's own models."""
