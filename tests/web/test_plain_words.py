"""The site's own pages can be read at about eleven years of age."""

import re
from html import unescape

import pytest
from django.urls import reverse

from firsthand.methods.readability import reading_age


@pytest.mark.parametrize("name", ["home", "about", "privacy", "help", "source", "accessibility"])
def test_pages_are_in_plain_words(shell, client, name):
    body = client.get(reverse(f"web:{name}")).content.decode()
    main = re.search(r"<main.*?</main>", body, re.DOTALL)
    assert main
    said = re.sub(r"</(p|li|h1|h2|dd|dt)>", "\n", main.group().replace("\n", " "))
    assert reading_age(unescape(re.sub(r"<[^>]+>", "", said))) <= 11.5
