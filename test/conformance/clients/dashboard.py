# The second dashboard. Its base URL ends in a slash. Sessions without parameters, the token raw after the first call; five
# reports per athlete, of the first session with each name.
import json
import os

import requests
from sign_in import sign_in

NAMES = [
    "Left Regular Ankle Dorsiflexion - Weighted",
    "Right Regular Ankle Dorsiflexion - Weighted",
    "Left 90-90 Test Unilateral Shoulder IR/ER",
    "Right 90-90 Test Unilateral Shoulder IR/ER",
    "Hip Hinge Test",
]
base = os.environ["BASE_URL"]
tokens = sign_in()
kept = {name: tokens[name] for name in ("IdToken", "AccessToken", "RefreshToken", "ExpiresIn")}
auth = {"Authorization": f"Bearer {kept['IdToken']}"}


def all_sessions():
    found = []
    token = json.dumps("")
    while True:
        answer = requests.get(f"{base}sessions", headers={**auth, "X-Continuation-Token": token})
        if answer.status_code != 200:
            break
        data = answer.json()
        body = data["body"]
        found.extend(json.loads(body) if isinstance(body, str) else body)
        token = data.get("X-Continuation-Token")
        if not token or token == "null":
            break
    return found


roster = requests.get(f"{base}athletes", headers=auth, timeout=15).json()["body"]
assert isinstance(roster, str)
ids = {f"{a['FirstName']} {a['LastName']}": a["ValorID"] for a in json.loads(roster)}
athlete = ids[os.environ["ATHLETE"]]
day = os.environ["DAY"]
own = [s for s in all_sessions() if s["Date"].startswith(day) and s["Athlete ID"] == athlete]

rows = []
for name in NAMES:
    session = next(s for s in own if s["Session Name"] == name)
    answer = requests.get(f"{base}reportData", headers=auth, params={"s3Key": session["s3Key"]}, timeout=30)
    if answer.status_code != 200:
        continue
    body = answer.json()["body"]
    assert isinstance(body, str)
    for metric, sides in json.loads(body)["WorkoutMetrics"]["Ang"].items():
        for side, values in sides.items():
            rows.append([name, metric, side, values["AvgMax"], values.get("Score")])
print(json.dumps(rows))
