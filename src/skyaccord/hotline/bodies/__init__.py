"""What messages say: one kind a file, each a frozen value with its layout in JSON."""
