"""Signed notes, checkpoints and cosignatures in the forms of C2SP, so that existing tools verify them."""
