"""Document -> mentions: everything a claim can be made of, each found on its own.

In: a ``Document``. Out: an ``Analysis``: numbers, dates, resolutions, roles, markers, objects, measures, cues, places,
people and bodies, as typed mentions with offsets (and, for spaCy's tools, as span groups of a ``Doc``).
Nothing here decides what belongs together; that is assembly's work. What is known as data lies in ``patterns/``;
the modules here hold what is grammar. Open ``detector.py`` first: it lists the detectors in the order they run;
``anchors.py`` says how one scan finds where each of their expressions can begin.
"""
