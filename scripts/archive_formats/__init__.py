"""
Writers of one archive in many formats, for ``scripts/make_archive.py``.

In: articles (``articles.py``) and a folder. Out: that folder filled with the articles in one format or encoding.
Every module holds the formats of one family and lists them in ``FORMATS``, name -> writer. Nothing depends on the
clock or on chance: what a file must date or number is dated and numbered by constants.
"""
