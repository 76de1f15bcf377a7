"""A strict, stateful double of the parts of Stripe's API that billing needs, spoken to over HTTP by the unmodified SDK.

What may be asked is what the SDK's own parameter types say, which Stripe generates from its specification; here an
unknown key or word is refused, as Stripe does. Answers begin as Stripe's own example objects (`fixtures.json`). What
neither shows (the words of refusals, the order of events, what test cards do) was read in Stripe's documentation and is
not recorded from Stripe.

It remembers customers, payment methods, PaymentIntents, charges, Checkout Sessions, connected accounts, transfers,
refunds, disputes, payouts, balances and what is exchanged in them, events and webhook endpoints; idempotency keys; and
what Stripe does later by itself, which comes when its clock does or is put ahead. A control door (`doors.py`) orders
faults and mishaps. It is bound to a path that whoever starts the double chooses, and not at all otherwise.

What it does not do: prices, products, subscriptions, invoices, tax, setup intents, confirmation tokens, payment links,
search, files, top-ups, application fees, destination charges, rates of exchange of its own, instant payouts, identity
checks, rate limits, API v2 or more than one API version's shapes; no payment methods but Stripe's test cards and US
bank accounts; no publishable keys. A refund and a dispute may take a balance below zero at once. Processing costs are
list prices (`costs.py`). Nothing is stored: an account lasts as long as its process.
"""
