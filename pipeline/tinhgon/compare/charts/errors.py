"""What can keep a chart from being drawn; the messages are for the reader."""

from __future__ import annotations


class ChartError(ValueError):
    """The chart cannot be drawn as asked for; the message says how to ask."""


class NothingToDrawError(ChartError):
    """No number answers the question; the message says what to ask instead."""
