"""Questions that need an answer before the work goes on."""
