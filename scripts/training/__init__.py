"""What scripts/train_encoder.py is made of: data, the start, the losses and the measuring."""
