"""Why an answer is wrong.

- `reasons`: the words for what went wrong, and what is said with them.
- `case`: a wrong answer beside the right one, at a few points, ready for many quick comparisons.
- `shapes`: transposed, a sum missing, a number for a vector.
- `values`: constant ratios and offsets, the diagonal only, right on a part of the domain only.
- `forms`: the right answer written in other ways (expanded, definitions put in).
- `slips`: one slip anywhere in an expression: a sign, a term, a factor, an index, a function, two names.
- `search`: the slip that turns the right answer into the given one, or the given one into the right one.
- `counter`: the smallest instance in round numbers where the two differ.
- `explain`: all of these in order.
"""
