"""What is told about a model: its card, its failures, its scores over time."""
