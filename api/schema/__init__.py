"""Declarations only: types, inputs, enums and payloads, one file per noun."""
