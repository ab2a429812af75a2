"""The gazetteer: the administrative units of Viet Nam, each with the time in which it was valid.

In goes a name as a text writes it ("Lộc Bình", "TP.HCM", "Bà Rịa-Vũng Tàu") and a date; out come the units that
bear it (``Place``), with their parents, what became of them and what they came from. Nothing is decided here: where
three districts share a name, three places come back, and the choice is the caller's.

A unit's key is its official code and the first day of its version, since codes live on under other names.
The data is ``patterns/places`` (built by ``scripts/build_gazetteer.py``; sources and limits in its README).
Open ``places.py`` first: it says what a place and a date are; ``load.py`` reads the files and answers.
"""

from tinhgon.gazetteer.load import Gazetteer
from tinhgon.gazetteer.places import Key, Place, fold_name, name_key

__all__ = ["Gazetteer", "Key", "Place", "fold_name", "name_key"]
