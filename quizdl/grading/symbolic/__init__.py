"""The language of answers: from what a learner types to a typed tree, and from there to values and shapes.

The rooms, in the order a text walks through them:

- `unreadable`: the one error of this package, with a caret under the character that could not be read.
- `symbols`: what an item declares: names, aliases, kinds, shapes, domains, definitions.
- `chars`, `latex`, `lexer`: text (ASCII, Unicode, LaTeX) to tokens that remember their place in the text.
- `functions`: the functions everyone knows, under every name they are known by.
- `words`: letters run together into names (`yp` is y·p, `lr` is one name), by what is declared.
- `cursor`, `calls`, `applications`, `names`, `indices`, `operands`, `forms`, `derivatives`, `bigops`,
  `parser`: tokens to a tree, a layer of the grammar each.
- `tree`: the tree itself, frozen dataclasses.
- `show`: tree to LaTeX and to plain text that reads back to the same tree.
- `shapes`, `products`, `resolve`: which product is a matrix product, what shape comes out, which
  indices are free.
- `special`, `kernels`, `linear`, `arithmetic`, `conditions`, `machine`, `definitions`,
  `numeric`: a tree on NumPy arrays (float, complex) or at 40 digits (mpmath), a batch at a time.
- `question`, `items`, `truth`: what is asked, made ready: the right answer, or the derivative of a loss.
- `equality`, `diagnose`, `form`, `prove`: equal or not, why not, in the form asked, proved.
- `grade`, `derivation` with `lines`, `answers`: the verdicts; `messages`: their sentences; `lints`: of items.

Nothing here evaluates text as code. Every text answers in bounded time, or raises `Unreadable`.
"""
