"""The ground line between duty officers: what a message says, in which words, by when it is answered, and by voice."""
