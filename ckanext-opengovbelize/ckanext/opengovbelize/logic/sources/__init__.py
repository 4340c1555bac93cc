"""The list of harvest sources, for those who look after them."""
