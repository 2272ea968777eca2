"""What the scripts that learn are made of: data, the start, the losses, fitting and measuring."""
