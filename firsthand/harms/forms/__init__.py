"""What people type: to look something up in the model, and to change a draft of it."""

from firsthand.harms.forms.searching import SearchForm as SearchForm
