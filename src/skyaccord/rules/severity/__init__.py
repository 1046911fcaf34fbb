"""How grave an encounter was: by the verdict, and by published scales beside it."""
