"""Is a typed name the right one? Korean and English, as a fair bilingual teacher would decide.

`matcher.match` judges one name, `sets.match_list` a list of them, `glossary.Glossary` knows all the names.
The rules are general; what a thing is called stands in the packs.
"""
