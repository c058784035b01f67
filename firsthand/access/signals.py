"""What a page says when it met something that was changed from outside, and went on without it.

`changed_outside`: keyword `request`. Pages that cannot go on raise `Tampered` instead.
"""

from django.dispatch import Signal

changed_outside = Signal()
