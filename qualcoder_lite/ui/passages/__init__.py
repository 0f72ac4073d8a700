"""The panel of passages under the text: what is asked for, found and done with them."""
