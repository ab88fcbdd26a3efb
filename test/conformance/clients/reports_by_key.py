# Asks for reports by key, leaving the encoding of the key to requests.
import json
import os

import requests

reports = []
for key in json.loads(os.environ["KEYS"]):
    answer = requests.get(
        os.environ["REPORT_URL"],
        headers={"Authorization": f"Bearer {os.environ['TOKEN']}"},
        params={"s3Key": key},
        timeout=30,
    )
    answer.raise_for_status()
    reports.append(json.loads(answer.json()["body"]))
print(json.dumps(reports))
