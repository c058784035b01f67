"""What others may want to know of signing in.

`guessing` is sent just before something that can be guessed is checked, outside a transaction; a
receiver that raises stops the try. `guessed_right` is sent after. Both carry `request`, `what`
(one of the words below) and `about` (whose it is: a mark or an id, never what was typed).
"""

from django.dispatch import Signal

SIGN_IN = "sign-in"
CODE = "code"
RECOVERY = "recovery key"
INVITATION = "invitation"
RECEIPT = "receipt"

guessing = Signal()
guessed_right = Signal()
