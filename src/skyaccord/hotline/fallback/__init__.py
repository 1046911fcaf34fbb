"""When the network is down: bytes as lines to read over a telephone, as spelling words, as QR codes; and back."""
