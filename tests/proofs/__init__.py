"""What is shown with figures and not by a test: each module proves one thing on real servers and says what came out.

A proof is a module with `prove(arguments) -> str`: it runs for as long as it takes, raises when what it proves is not
so, and returns its figures as Markdown. Its docstring's first line is the heading in docs/proofs.md.
"""
