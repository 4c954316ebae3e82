"""Training of the names recogniser from annotated articles; needs the dependency group `train`."""

from kg.training.names import train_names

__all__ = ["train_names"]
