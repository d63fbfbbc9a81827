"""One question's names against all others: which concept is a piece of text nearest to?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from math import ceil
from typing import Literal, NamedTuple

from quizdl.grading.words.distance import Slip, distance, shape, slip
from quizdl.grading.words.endings import Peeled, peel, without_lead
from quizdl.grading.words.english import stem
from quizdl.grading.words.forms import (
    dictionary,
    head_nouns,
    parts_of,
    plain,
    spellings,
    translations,
)
from quizdl.grading.words.glossary import Entry, Glossary
from quizdl.grading.words.keyboard import other_mode, other_mode_of_words
from quizdl.grading.words.loans import read_back
from quizdl.grading.words.normalising import clean, compact, joined, pieces
from quizdl.grading.words.result import Member, Reason
from quizdl.grading.words.sounds import is_acronym, sound

_NOBODY: Glossary = Glossary(())
_LATIN, _HANGUL = re.compile("[a-z]"), re.compile("[ㄱ-ㅣ가-힣]")
_STEPS_BEFORE_SLIP = 3
_LONGEST_SLIP = 80


class Judged(NamedTuple):
    """Whose name a text is: the question's own, another concept's, or nobody's."""

    whose: Literal["own", "other", "nobody"]
    name: str = ""
    reason: Reason = "no_match"


NOBODY = Judged("nobody")
Table = Literal["exact", "plain", "heard"]


class Query:
    """The names that are right, with everything the glossary adds and opposes to them."""

    def __init__(
        self, accepted: tuple[str, ...], rivals: Glossary, mine: frozenset[int], glossary: Glossary
    ) -> None:
        self.glossary = glossary
        self.rivals = rivals
        self._mine = mine
        self.owners = frozenset(
            owner
            for owner in glossary.owners(accepted)
            if not any(self._opposed(name) for name in glossary.names(owner)[:1])
        )
        self.names: dict[str, bool] = dict.fromkeys(accepted, True)
        for owner in sorted(self.owners):
            for name in glossary.names(owner):
                if not self._opposed(name):
                    self.names.setdefault(name, False)
        self._heads = head_nouns(self.names)
        self.exact: dict[str, str] = {}
        self.plain: dict[str, str] = {}
        self.heard: dict[str, str] = {}
        self._shapes: dict[tuple[str, ...], str] = {}
        for name in self.names:
            self.exact.setdefault(joined(parts_of(name)), name)
        for name in self.names:
            for number, parts in enumerate(spellings(name)):
                text = joined(parts)
                if number and self._elsewhere(text, "exact"):
                    continue
                self.exact.setdefault(text, name)
                self.plain.setdefault(plain(parts), name)
                self.heard.setdefault(sound(text).keys, name)
                if not is_acronym(name):
                    self._shapes.setdefault(parts, name)

    def _opposed(self, name: str) -> bool:
        entries = self.rivals.exact.get(joined(parts_of(name)), ())
        return any(entry.concept not in self._mine for entry in entries)

    @cached_property
    def words(self) -> dict[str, tuple[str, ...]]:
        """English to Korean, the question's own names first."""
        own = dictionary([tuple(self.names)])
        known = self.glossary.dictionary
        return {**known, **{word: (*korean, *known.get(word, ())) for word, korean in own.items()}}

    @cached_property
    def said(self) -> str:
        """All right names in one line, for words that mean something else inside a name."""
        return " / ".join(clean(name) or "" for name in self.names)

    def is_rival(self, cleaned: str) -> bool:
        """Whether a text is one of the rivals that the question itself lists."""
        return any(peeled.rest in self.rivals.exact for peeled in peel(compact(cleaned)))

    def _elsewhere(self, text: str, table: Table) -> str | None:
        """The name of another concept that a form is, if it is one."""
        for glossary, ours in ((self.rivals, self._mine), (self.glossary, self.owners)):
            entries: list[Entry] = getattr(glossary, table).get(text, [])
            for entry in entries:
                if entry.concept not in ours:
                    return entry.name
        return None

    def judge(self, cleaned: str, *, slips: bool = True) -> Judged:
        """Whose name a cleaned text is, by the surest sign there is.

        In the order: as it stands, without inflection, by its sound, its English words in Korean, the other
        keyboard mode, and last a slip. Within each, fewest peels first; the first hit decides.
        """
        parts = pieces(cleaned)
        text = joined(parts)
        if not text:
            return NOBODY
        named = without_lead(parts)
        found = self._surely(cleaned, parts, text)
        if found.whose == "nobody" and named != parts:
            found = self._surely(cleaned, named, joined(named))
        if found.whose != "nobody":
            return found
        loans = read_back(cleaned)
        if loans is not None:
            found = self._surely(loans, pieces(loans), compact(loans))
            if found.whose != "nobody":
                return found._replace(reason="other_language" if found.whose == "own" else found.reason)
        switched = other_mode(cleaned)
        for option in (switched, other_mode_of_words(cleaned)):
            if option is None:
                continue
            keys = pieces(option)
            found = self._surely(option, keys, joined(keys))
            if found.whose != "nobody":
                return found._replace(reason="keyboard_mode" if found.whose == "own" else found.reason)
        if not slips or len(text) > _LONGEST_SLIP:
            return NOBODY
        found = self._by_slip(text)
        if found.whose == "nobody" and named != parts:
            found = self._by_slip(joined(named))
        if found.whose == "nobody" and switched is not None and len(text) >= 8:
            found = self._by_slip(compact(switched))
        return found

    def _surely(self, cleaned: str, parts: tuple[str, ...], text: str) -> Judged:
        found = self._look(peel(text), "exact", frozenset() if "(" in cleaned else self._heads)
        if found.whose == "nobody":
            found = self._look(peel(plain(parts)), "plain")
        if found.whose == "nobody":
            found = self._look(peel(text), "heard")
        if found.whose == "nobody" and _mixed(text):
            for option in translations(cleaned, self.words):
                found = self._look(peel(compact(option)), "exact")
                if found.whose != "nobody":
                    return found._replace(reason="other_language" if found.whose == "own" else found.reason)
        if found.whose != "own" or found.reason != "no_match":
            return found
        return found._replace(reason=_how(cleaned, text, found.name))

    def _look(
        self, candidates: Iterable[Peeled], table: Table, heads: frozenset[str] = frozenset()
    ) -> Judged:
        own: dict[str, str] = getattr(self, table)
        for peeled in candidates:
            rest = sound(peeled.rest).keys if table == "heard" else peeled.rest
            name = own.get(rest)
            if name is not None:
                return Judged("own", name)
            other = self._elsewhere(rest, table)
            if other is not None:
                return Judged("other", other, "rival")
            for head in heads:
                if rest.endswith(head) and rest[: -len(head)].rstrip() in own:
                    return Judged("own", own[rest[: -len(head)].rstrip()])
        return NOBODY

    def _by_slip(self, text: str) -> Judged:
        """The nearest right name, when no other concept is as near."""
        candidates = [peeled.rest for peeled in peel(text) if peeled.steps <= _STEPS_BEFORE_SLIP]
        best: tuple[Slip, str] | None = None
        peels = 0
        for at, rest in enumerate(candidates):  # fewest peels first, so that equals keep the first
            for parts, name in self._shapes.items():
                made = slip(rest, shape(parts))
                if made is not None and (best is None or made.cost < best[0].cost):
                    best, peels = (made, name), at
        if best is None:
            return self._other_by_slip(text)
        (cost, variant), name = best
        for at, rest in enumerate(candidates):  # what is peeled further is "eror" of "eror function"
            rival = self._as_near(rest, cost if at <= peels else cost - 0.5)
            if rival is not None:
                return Judged("other", rival, "rival")
        return Judged("own", name, "spelling_variant" if variant else "typo")

    def _as_near(self, text: str, cost: float) -> str | None:
        """Another concept's name within a distance of a text."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA  # 15 ms, only when a slip is looked for

        keys = sound(text).keys
        for glossary in (self.rivals, self.glossary):
            near = process.extract(
                keys, glossary.sounds, scorer=OSA.distance, score_cutoff=ceil(2 * cost), limit=None
            )
            for heard, _, _ in near:
                name = self._elsewhere(heard, "heard")
                if name is None or heard in self.heard or len(heard) <= cost + 1:
                    continue
                if distance(keys, heard, cost) is not None:
                    return name
        return None

    def _other_by_slip(self, text: str) -> Judged:
        """Another concept's name that a text is a slip of, to tell the learner what they named."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        keys = sound(text).keys
        for glossary in (self.rivals, self.glossary):
            near = process.extract(keys, glossary.sounds, scorer=OSA.distance, score_cutoff=2, limit=5)
            for heard, _, _ in near:
                name = self._elsewhere(heard, "heard")
                if (
                    name is not None
                    and not is_acronym(name)
                    and slip(text, shape(parts_of(name))) is not None
                ):
                    return Judged("other", name, "rival")
        return NOBODY


def _mixed(text: str) -> bool:
    return _LATIN.search(text) is not None and _HANGUL.search(text) is not None


def _how(cleaned: str, text: str, name: str) -> Reason:
    """By which folding a text is a name."""
    written = clean(name) or ""
    if cleaned == written:
        return "exact"
    squeezed, plainly = (
        "".join(c for c in each if c.isalnum() or c in "+#%^<>√") for each in (cleaned, written)
    )
    if squeezed == plainly:
        return "spacing"
    if plainly in squeezed:
        return "ending"
    pairs = zip(pieces(cleaned), parts_of(name), strict=False)
    slipped = any(a != b and stem(a) == stem(b) and a[-3:] == b[-3:] == "ing" for a, b in pairs)
    return "typo" if slipped else "spelling_variant"  # overfiting has the stem of overfitting


@lru_cache(maxsize=512)
def query(accepted: tuple[str, ...], rivals: tuple[str, ...], glossary: Glossary | None) -> Query:
    """The question for these names; kept, since one question is asked many times."""
    against = Glossary.build((rival, (rival,)) for rival in rivals)
    return Query(accepted, against, frozenset(), glossary or _NOBODY)


@lru_cache(maxsize=64)
def queries(
    members: tuple[Member, ...], rivals: tuple[str, ...], glossary: Glossary | None
) -> tuple[tuple[str, Query], ...]:
    """A question for each member of a list, with the other members and the rivals against it."""
    against = Glossary.build(
        [*((member.id, member.names) for member in members), *((rival, (rival,)) for rival in rivals)]
    )
    return tuple(
        (member.id, Query(member.names, against, frozenset({number}), glossary or _NOBODY))
        for number, member in enumerate(members)
    )
