"""Charts: one question each, from a tidy frame to a Vega-Lite chart, with a text alternative in words.

Every chart is a function that takes a pandas frame and returns an Altair chart; beside it stands a
function `..._words` that says what the chart shows. `theme.specification` makes the ready dictionary.
"""
