"""Tables that researchers bring in: codebooks, codings, and rows found by the words people use."""
