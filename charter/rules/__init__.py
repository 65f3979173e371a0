"""The pure rules: who is asked, how figures are made, and what may be shown. Plain values in, plain values out."""
