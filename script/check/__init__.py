"""What ``script/test`` and ``script/bench`` do."""
