"""
What ``make bench`` is made of: archives of invented news, and what is measured on them.

``bench_archive.py`` writes an archive: ``wording.py`` fills the sentences of ``sentences/`` with the words, persons and
places that ``world.py`` draws, ``articles.py`` makes articles of them, ``pages.py`` web pages of these, ``archive.py``
folders and files. ``bench.py`` measures: ``processes.py`` runs a command and watches its time and memory, ``runs.py``
measures whole runs, ``insides.py`` the stages (``stages.py``) and other programs (``peers.py``), ``starting.py`` the
start; ``report.py`` holds the figures against the goals. ``settings.py`` says how much of it is done.

Every sentence was written for this project; persons and numbers are invented.
"""
