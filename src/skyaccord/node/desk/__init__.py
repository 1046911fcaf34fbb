"""The desk: the one owner of a party's correspondence, through which all that is said and received goes."""
