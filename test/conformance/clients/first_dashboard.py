# The first dashboard: the sessions of one athlete, with limit= and athleteID= in the query and the token as JSON.
import json
import os

import requests
from sign_in import sign_in

auth = {"Authorization": f"Bearer {sign_in()['IdToken']}"}
base = os.environ["BASE_URL"]

athletes = json.loads(requests.get(f"{base}/athletes", headers=auth).json()["body"])
chosen = next(a["ValorID"] for a in athletes if f"{a['FirstName']} {a['LastName']}" == os.environ["ATHLETE"])

rows = []
token = json.dumps("")
while True:
    answer = requests.get(
        f"{base}/sessions",
        headers={"X-Continuation-Token": token, **auth},
        params={"limit": os.environ["LIMIT"], "athleteID": chosen},
    )
    if answer.status_code != 200:
        print(f"{answer.status_code} {answer.text}")
        break
    data = answer.json()
    rows.extend(json.loads(data["body"]))
    token = data["X-Continuation-Token"]
    if token != "null":
        token = json.dumps(token)
    if token == "null":
        break
print(json.dumps(rows))
