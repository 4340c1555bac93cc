"""Sets up and runs PostgreSQL, Redis, Solr and CKAN on one machine, for bin/portal and bin/test."""
