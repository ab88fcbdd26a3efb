# Third generation, serverless functions behind a web app: {base}/athletes whatever base ends in, several spellings of the
# athlete's id, a cap on pages, and scores averaged over what reports could be had.
import json
import os

import requests
from sign_in import sign_in

base = os.environ["BASE_URL"]
most_pages = int(os.environ["MOST_PAGES"])
auth = {"Authorization": f"Bearer {sign_in()['IdToken']}"}


def parsed(body):
    return json.loads(body) if isinstance(body, str) else body


def id_of(athlete, spellings):
    return next(athlete[name] for name in spellings if athlete.get(name))


answer = requests.get(f"{base}/athletes", headers=auth, timeout=30)
if answer.status_code != 200:
    raise SystemExit(f"{answer.status_code} {answer.text[:300]}")
athletes = parsed(answer.json()["body"])
ids = [id_of(a, ["ValorID", "AthleteId", "Id", "Athlete ID", "athleteId", "id"]) for a in athletes]
assert ids == [id_of(a, ["AthleteId", "Id", "ValorID", "Athlete ID", "athleteId", "id"]) for a in athletes]

sessions = []
token = json.dumps("")
pages = 0
while pages < most_pages:
    answer = requests.get(f"{base}/sessions", headers={**auth, "X-Continuation-Token": token}, timeout=30)
    if answer.status_code != 200:
        break
    pages += 1
    data = answer.json()
    sessions.extend(parsed(data["body"]))
    token = data.get("X-Continuation-Token")
    if not token or token == "null":
        break

scores = []
for session in sessions:
    if session["Athlete ID"] != os.environ["ATHLETE_ID"]:
        continue
    answer = requests.get(f"{base}/reportData", headers=auth, params={"s3Key": session["s3Key"]}, timeout=30)
    if answer.status_code != 200:
        continue
    for sides in parsed(answer.json()["body"]).get("WorkoutMetrics", {}).get("Ang", {}).values():
        scores.extend(side["Score"] for side in sides.values() if side.get("Score") is not None)
print(json.dumps({"ids": ids, "sessions": len(sessions), "mean": sum(scores) / len(scores) * 100}))
