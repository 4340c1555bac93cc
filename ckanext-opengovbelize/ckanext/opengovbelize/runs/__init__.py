"""What happened: the pipeline that ties the rooms together, outcomes, and one report a run."""
