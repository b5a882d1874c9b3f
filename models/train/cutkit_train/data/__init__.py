"""Packs, augmentation, and one stream of training samples per model."""
