"""Whether two expressions are equal: by a canonical form, and by values at many points.

- `charts`: which sizes and which numbers stand for the names, chart by chart.
- `layout`: what an answer must be indexed by, and how the axes of one fit it.
- `arena`: the instances of one question, and the values of an expression at all of them.
- `compare`: two sets of values: equal, different, or equal on a part of the domain only.
- `canonical`: sums of products with exact coefficients, by which equality is proved without a computation.
- `relations`: equations and inequalities as answers.
"""
