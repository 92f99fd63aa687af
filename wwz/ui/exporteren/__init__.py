"""The screen Exporteren."""
