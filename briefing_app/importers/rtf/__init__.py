"""Rich Text Format documents."""
