"""The line between two nodes: what one asks of the other and what it answers, as octets, without the transport."""
