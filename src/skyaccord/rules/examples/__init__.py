"""Examples of what a provision means: cases in which it is kept, broken and at its limit, as a machine judges them."""
