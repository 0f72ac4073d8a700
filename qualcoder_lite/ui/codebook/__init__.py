"""The codebook beside the text: its tree, the words of a code, the picker of codes."""
