"""PyTorch weights to the ONNX files that ship, and back."""
