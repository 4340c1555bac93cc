"""The messages of problems in other languages: found in the code by one module, put into a page by the other.

Where they arise (``records``, ``privacy`` and others) and where they are kept, messages are English.
"""

import re

# The translations' context of these messages: they are no texts of pages.
CONTEXT = "problem"
# Where a value stands in one.
PLACEHOLDER = re.compile(r"\{([A-Za-z_]\w*)\}")
