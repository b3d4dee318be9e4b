"""One measure's story as its pages tell it: each part made ready, so that the templates only lay it out."""
