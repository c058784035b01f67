"""What other capabilities may hear of: sent inside the transaction that does it.

`shared`: a team was let in; keywords `doer`, `testimony` (id), `opened` (the item), `team`,
`purpose`, `until`. `revoked`: a team's access ended; `doer`, `testimony`, `team`.
`withdrawn`: everything is about to be erased; `doer`, `testimony`.
`sign_in_ends`: a person's sign-in is about to go, its keys are there still; `doer`, `user`, `keep`
(what it opened goes on being opened by a receipt).
"""

from django.dispatch import Signal

shared = Signal()
revoked = Signal()
withdrawn = Signal()
sign_in_ends = Signal()
