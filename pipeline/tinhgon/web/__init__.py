"""Stage ``web``: a fact base -> the desk, a local site to ask it, on Datasette.

In goes the path of a fact base, out come pages; Datasette's own tables, JSON and CSV stay under ``/facts``. Open first
``pages/__init__.py``: the pages that read, one file each, with templates of the same names in ``templates/desk/``.
``visit.py`` is what a page is asked, ``asked.py`` the question of a comparison in it, ``shown.py`` and ``spans.py``
how numbers and texts are printed, ``wording/`` what is said in Vietnamese and English. ``desk.py`` asks the base, in
limited time, and remembers; ``plugin.py`` ties it all to Datasette; ``guard.py`` stands before every page, and
``connections.py`` before that; ``reviewing.py`` holds the pages that write, ``downloads.py`` the files; ``serve.py``
starts it. ``api.py`` is what programs may rely on.

Nothing on a page comes from elsewhere, and no script is needed to read.
"""

from __future__ import annotations

from tinhgon.web.serve import AddressError, open_desk, serve, serving

__all__ = ["AddressError", "open_desk", "serve", "serving"]
