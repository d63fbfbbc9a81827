"""A printed pack reads back as the same pack, whatever its texts are."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizdl.packs.items import (
    AnyItem,
    Choice,
    Cloze,
    Code,
    Concept,
    Curve,
    Flashcard,
    Listing,
    Match,
    Member,
    Mistake,
    Names,
    Numeric,
    Option,
    Order,
    Pack,
    PackInfo,
    Pair,
    Plot,
    Short,
    Term,
    Text,
)
from quizdl.packs.items_code import Edge, Near, Parameter, Slope, WrongCode
from quizdl.packs.parameters import Param, Tolerance
from quizdl.packs.printing import print_pack
from quizdl.packs.schema import validate
from quizdl.packs.yaml12 import load

# Any text that a pack may hold: NFC, without control characters, marks of direction and surrogates.
CHARACTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff",
    include_characters="\n",
)
TRICKY = st.sampled_from(
    ["no", "null", "~", "1e-6", "0x1F", ": ", " #", "- ", "'", '"', "\\", "\\n", "\n", "\n\n", " ", "$",
     "%", "@", "!", "&a", "*a", "|", ">", "[", "{", "<<", "---", "...", "한글", "?", ",", "{{c1::", "}}",
     "\\nabla", "\nabla"]
)  # fmt: skip


def normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)


strings = st.one_of(st.text(CHARACTERS, max_size=30), st.lists(TRICKY, max_size=6).map("".join)).map(normal)
spoken = strings.filter(lambda text: bool(text.strip()))
texts = st.one_of(
    st.builds(Text, ko=spoken, en=strings),
    st.builds(Text, ko=strings, en=spoken),
    spoken.map(lambda s: Text(ko=s, en=s)),
)
maybe = st.one_of(st.just(Text()), texts)
ids = st.from_regex(r"[a-z0-9]{1,5}([.-][a-z0-9]{1,5}){0,2}", fullmatch=True)
one_line = spoken.map(lambda text: " ".join(text.split()))
names_list = st.lists(one_line, max_size=3).map(tuple)
names = st.builds(Names, ko=names_list, en=names_list)
floats = st.floats(allow_nan=False, allow_infinity=False)
functions = st.from_regex(r"[a-z_][a-z0-9_]{0,8}", fullmatch=True)
bounds = st.tuples(floats, floats)
expressions = st.one_of(
    st.integers().map(str),
    st.sampled_from(["1e-6", "[1, x]", "-x", "x > 1", "1/(1 + exp(-x))", "no", "[[1, 2], [n, 4]]"]),
)
reals = st.floats(-1e12, 1e12)
params = st.builds(
    Param,
    type=st.sampled_from(["int", "real", "choice"]),
    min=st.one_of(st.none(), reals),
    max=st.one_of(st.none(), reals),
    digits=st.one_of(st.none(), st.integers(0, 12)),
    exclude=st.lists(reals, max_size=2).map(tuple),
    of=st.lists(expressions, max_size=3).map(tuple),
    size=st.lists(st.integers(1, 9), max_size=2).map(tuple),
    distinct=st.booleans(),
)
param_names = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,5}", fullmatch=True)
COMMON = {
    "params": st.dictionaries(param_names, params, max_size=2),
    "derived": st.dictionaries(param_names, expressions, max_size=2),
    "require": st.lists(expressions, max_size=2).map(tuple),
    "id": ids,
    "concept": ids,
    "also": st.lists(ids, max_size=2).map(tuple),
    "tags": st.lists(ids, max_size=2).map(tuple),
    "difficulty": st.integers(1, 5),
    "hints": st.lists(texts, max_size=2).map(tuple),
    "explanation": maybe,
    "covers": st.lists(st.integers(1, 1_000_000), max_size=3).map(tuple),
    "corrects": maybe,
}
curves = st.builds(
    Curve,
    fn=functions,
    derivative=st.booleans(),
    label=strings,
    params=st.dictionaries(functions, floats, max_size=2),
)
plots = st.builds(
    Plot, curves=st.lists(curves, min_size=1, max_size=3).map(tuple), x=bounds, y=st.one_of(st.none(), bounds)
)
options = st.builds(Option, text=texts, right=st.booleans(), feedback=maybe)
lengths = st.one_of(param_names, st.integers(0, 1_000))
parameters = st.builds(
    Parameter,
    shape=st.lists(lengths, max_size=3).map(tuple),
    draw=st.sampled_from(["normal", "labels", "choice"]),
    std=st.floats(0, 9),
    min=st.one_of(st.just(""), param_names, floats),
    classes=st.one_of(st.just(""), lengths),
    of=st.lists(st.one_of(floats, spoken), max_size=2).map(tuple),
)
items: st.SearchStrategy[AnyItem] = st.one_of(
    st.builds(Term, **COMMON, definition=texts, names=st.one_of(st.none(), names)),
    st.builds(Flashcard, **COMMON, front=texts, back=texts, reversed=st.booleans()),
    st.builds(Cloze, **COMMON, text=texts),
    st.builds(
        Choice,
        **COMMON,
        prompt=texts,
        options=st.lists(options, min_size=2, max_size=4).map(tuple),
        shuffle=st.booleans(),
        plot=st.one_of(st.none(), plots),
    ),
    st.builds(Short, **COMMON, prompt=texts, accept=names, rivals=names_list),
    st.builds(
        Listing,
        **COMMON,
        prompt=texts,
        need=st.integers(1, 20),
        members=st.lists(
            st.one_of(st.builds(Member, concept=ids, names=names), st.builds(Member, names=names)),
            min_size=1,
            max_size=3,
        ).map(tuple),
        rivals=names_list,
    ),
    st.builds(Order, **COMMON, prompt=texts, steps=st.lists(texts, min_size=2, max_size=4).map(tuple)),
    st.builds(
        Match,
        **COMMON,
        prompt=texts,
        pairs=st.lists(st.builds(Pair, left=texts, right=texts), min_size=2, max_size=3).map(tuple),
        extra=st.lists(texts, max_size=2).map(tuple),
    ),
    st.builds(
        Code,
        **COMMON,
        prompt=texts,
        entry=param_names,
        parameters=st.dictionaries(param_names, parameters, min_size=1, max_size=3),
        sizes=st.dictionaries(param_names, st.tuples(st.integers(0, 3), st.integers(3, 9)), max_size=2),
        edges=st.lists(
            st.builds(Edge, name=texts, inputs=st.dictionaries(param_names, expressions, max_size=2)),
            max_size=2,
        ).map(tuple),
        cases=st.integers(1, 200),
        starter=strings,
        reference=st.sampled_from(["", "activations.relu", "losses.huber"]),
        keywords=st.dictionaries(
            param_names, st.one_of(st.booleans(), st.integers(-9, 9), spoken), max_size=2
        ),
        solution=spoken,
        tolerance=st.builds(Near, relative=st.floats(0, 0.5), absolute=st.floats(0, 1e6)),
        checks=st.lists(st.sampled_from(["value", "dtype", "vectorised"]), max_size=3).map(tuple),
        gradients=st.lists(
            st.builds(Slope, code=strings, wrt=param_names, output=st.one_of(st.none(), st.integers(0, 3))),
            max_size=2,
        ).map(tuple),
        grow=st.lists(param_names, max_size=2).map(tuple),
        mistakes=st.lists(st.builds(WrongCode, code=spoken, feedback=texts), max_size=2).map(tuple),
    ),
    st.builds(
        Numeric,
        **COMMON,
        prompt=texts,
        answer=expressions,
        tolerance=st.builds(
            Tolerance,
            absolute=st.one_of(st.none(), st.floats(0, 1e6)),
            relative=st.one_of(st.none(), st.floats(0, 0.5)),
            significant=st.one_of(st.none(), st.integers(1, 12)),
        ),
        unit=st.sampled_from(["", "percent"]),
        mistakes=st.lists(st.builds(Mistake, value=expressions, feedback=texts), max_size=2).map(tuple),
    ),
)
concepts = st.builds(
    Concept,
    id=ids,
    names=names,
    requires=st.lists(ids, max_size=2).map(tuple),
    explanation=maybe,
    formula=strings,
)
infos = st.builds(
    PackInfo, id=ids, title=texts, version=one_line, license=strings, authors=names_list, description=maybe
)
packs = st.builds(
    Pack,
    info=infos,
    concepts=st.lists(concepts, max_size=2).map(tuple),
    items=st.lists(items, max_size=3).map(tuple),
)


def pack_saying(text: str) -> Pack:
    card = Flashcard(
        id="a", concept="a", front=Text(ko=text), back=Text(ko=text, en=text), hints=(Text(en=text),)
    )
    return Pack(info=PackInfo(id="p", title=Text(en="t"), version="1"), items=(card,))


@settings(deadline=None, max_examples=300)
@given(packs)
@example(pack_saying("  leading\n and trailing \n\n"))
@example(pack_saying("\n\nfirst lines empty\n \n x"))
@example(pack_saying("a\n"))
@example(pack_saying("1e-6"))
@example(pack_saying("true"))
@example(pack_saying("\\frac{a}{b}: 'x' # no"))
@example(pack_saying("line\nabla"))
@example(pack_saying(" \n x"))
def test_a_printed_pack_reads_back_the_same(pack: Pack) -> None:
    printed = print_pack(pack)
    document, problems = load(printed.encode(), "printed.yaml")
    assert document is not None, f"{problems}\n{printed}"
    validated = validate([document])
    assert validated.complete, f"{validated.problems}\n{printed}"
    assert validated.parts == pack, printed
