"""Proofs by SymPy, in a child process that may be killed.

A proof only turns "agrees at N points" into "proved equal". Running out of time, an expression that cannot be
handed over, or a child that dies change nothing.

- `wire`: a pair of trees as JSON, for expressions of numbers and entries without sums.
- `client`: the child seen from here: started when first needed, warmed, asked with a deadline, killed.
- `worker`: the child; the only module that imports sympy.
- `upgrade`: what a proof does to a verdict.
"""
