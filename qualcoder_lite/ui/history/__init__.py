"""The panel of the history under the text: steps, undo to here, milestones."""
