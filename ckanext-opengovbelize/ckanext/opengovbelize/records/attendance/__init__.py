"""Attendance exports and sign-in sheets: rows, people, raw counts. In memory only; nothing of it is ever written."""
