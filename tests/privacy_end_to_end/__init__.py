"""No private string of a record reaches any place that the portal keeps or shows."""
