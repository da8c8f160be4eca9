"""A web page as select-all and copy gives it: menus, an article, other articles, a footer."""

from __future__ import annotations

MENU = """\
Skip to content
Coast Courier
* Home
* News
* Weather
* Harbour
* Sport
* Tides
* Opinion
Search
Log in
Subscribe""".split("\n")

HEAD = """\
The light at Porto Covo burns again
By Inês Prado
4 March 2019""".split("\n")

ARTICLE = [
    "PORTO COVO – The old lighthouse shone again on the first night of spring, after nine years in"
    " which nobody on the coast had known whether it would ever be lit, the keepers said.",
    "“We never took the lamp down,” said Rui Prado, who has kept the keys since 1988.",
    "It took two winters to mend the roof and the stairs, and when the money ran out, the people of"
    " the village carried the tiles up the hill themselves, one basket after the other.",
    "Nine years in the dark",
    "The lamp had gone out in a storm that broke the panes on the side of the sea. The office for"
    " the coast had written that it was not worth the repair, as all ships have a compass.",
    "Then a boat with four men in it was lost on the rocks below, and they did not come back.",
    "“That was the day on which we began to look for the money,” said the teacher of the village,"
    " who has kept the books of the tower since then and has never asked to be paid for it.",
    "The new lamp needs as little power as a kettle. It can be seen from as far as the old one, and"
    " it is said that the fishermen have already found their way home by it in a fog.",
    "The tower is open to all on Sundays. Who wants to see the lamp has to climb 112 steps.",
]

FOOT = """\
Share this
Facebook
Twitter
More from the Coast Courier
* Nine ships that never came home
* Who owns the sand?
* The tide clock, explained
Most read
1. Storm warning for the north
2. Ferry to run at night
Privacy Policy
Terms of Use
Contact us
© 2019 Coast Courier. All rights reserved.""".split("\n")

PAGE = [*MENU, *HEAD, *ARTICLE, *FOOT]
