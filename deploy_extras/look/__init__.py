"""An organisation's own look of the page: a name, a logo, a colour and a style sheet.

The page itself knows nothing of it. What is served is a copy of its files, in which these stand in their
places.
"""

from deploy_extras.look.dressing import dressed
from deploy_extras.look.own import Look

__all__ = ["Look", "dressed"]
