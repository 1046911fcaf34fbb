"""What a recording can bear: marks on reports that are left out or doubted, one kind of doubt a file."""
