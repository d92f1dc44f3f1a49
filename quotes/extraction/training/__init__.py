"""Learning the tagger. The one place that imports torch, which nothing else here needs."""
