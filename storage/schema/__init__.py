"""The schema beside its tables (`storage.models`): its revisions, upgrades, and the views that stay."""
