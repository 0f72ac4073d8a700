"""The panel of memos under the text."""
