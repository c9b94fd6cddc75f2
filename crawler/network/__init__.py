"""Reaching a site: where a crawler may go, how a request is sent, what its answer or failure is called."""
