"""The formats that recordings come in, one a file, and what they share on the way to the table `TRACKS`."""
