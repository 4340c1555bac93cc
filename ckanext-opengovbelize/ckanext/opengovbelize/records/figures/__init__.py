"""Published tables of counts: how many took part, without a person in them."""
