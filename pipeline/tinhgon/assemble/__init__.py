"""Mentions -> claims: what belongs together, whose it is, whether it has happened.

In: an ``Analysis``. Out: the ``Claims`` of one document: citations, localities, pairings, holders, mergers, facts,
and the sentences left open. Open ``claims.py`` first: it calls the readers in order. Facts have a road of their own:
``frames`` (a sentence's numbers with the text around them) -> ``drafts`` (numbers gathered by what happened) ->
``settle`` and ``lists`` (posts, lists, totals) -> ``compose`` (object, owner, tier, status) -> ``once``.
What is carried from sentence to sentence is in ``state`` and in ``owners.Passage``, and nowhere else.
"""
