"""What goes out: a plan with its commitments and reports as tables, a workbook and JSON."""
