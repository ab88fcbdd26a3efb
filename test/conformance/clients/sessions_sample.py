# The documented way to read every session: the token travels as JSON, from an empty string until it reads null.
import json
import os

import requests

items = []
pages = 0
token = json.dumps("")
while True:
    answer = requests.get(
        os.environ["SESSIONS_URL"],
        headers={"X-Continuation-Token": token, "Authorization": f"Bearer {os.environ['TOKEN']}"},
        params={"limit": os.environ.get("LIMIT", ""), "athleteID": ""},
    )
    if answer.status_code != 200:
        raise SystemExit(f"{answer.status_code} {answer.text}")
    pages += 1
    data = answer.json()
    items.extend(json.loads(data.get("body")))
    token = data.get("X-Continuation-Token")
    if token != "null":
        token = json.dumps(token)
    if token == "null":
        break
print(json.dumps({"pages": pages, "sessions": items}))
