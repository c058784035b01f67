"""Doing things with people, teams and their keys."""

from firsthand.people.actions.inviting import Spent as Spent
from firsthand.people.actions.inviting import accept as accept
from firsthand.people.actions.inviting import add_steward as add_steward
from firsthand.people.actions.inviting import invite as invite
from firsthand.people.actions.inviting import reset as reset
from firsthand.people.actions.keys import NameTaken as NameTaken
from firsthand.people.actions.keys import change_passphrase as change_passphrase
from firsthand.people.actions.keys import drop_recovery_key as drop_recovery_key
from firsthand.people.actions.keys import give_keys as give_keys
from firsthand.people.actions.keys import keep_recovery_key as keep_recovery_key
from firsthand.people.actions.keys import keys_by_passphrase as keys_by_passphrase
from firsthand.people.actions.keys import keys_by_recovery_key as keys_by_recovery_key
from firsthand.people.actions.keys import open_by as open_by
from firsthand.people.actions.keys import recovery_lock as recovery_lock
from firsthand.people.actions.receipts import add_receipt as add_receipt
from firsthand.people.actions.receipts import be_only_way as be_only_way
from firsthand.people.actions.receipts import rotate_receipt as rotate_receipt
from firsthand.people.actions.sign_ins import close as close
from firsthand.people.actions.sign_ins import forget_second_step as forget_second_step
from firsthand.people.actions.sign_ins import reopen as reopen
from firsthand.people.actions.signing_up import sign_up as sign_up
from firsthand.people.actions.teams import NotYet as NotYet
from firsthand.people.actions.teams import join as join
from firsthand.people.actions.teams import leave as leave
from firsthand.people.actions.teams import let_in as let_in
from firsthand.people.actions.teams import settle as settle
