"""Input made to stop the program, or to make it wrong: texts, expressions' worst cases, damaged files."""
