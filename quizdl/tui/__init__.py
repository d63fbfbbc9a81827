"""The Textual app: app.py routes, screens/ a file per screen, widgets/ a file per widget."""
