# A serverless function keeps nothing between calls: it signs in, asks for the roster, and forgets.
import json
import os

import requests

statuses = []
for _ in range(20):
    answer = requests.post(
        os.environ["TOKEN_URL"],
        data=json.dumps(
            {
                "AuthFlow": "USER_PASSWORD_AUTH",
                "ClientId": os.environ["CLIENT_ID"],
                "AuthParameters": {"USERNAME": os.environ["KB_USERNAME"], "PASSWORD": os.environ["KB_PASSWORD"]},
            }
        ),
        headers={
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
        },
        timeout=15,
    )
    token = answer.json()["AuthenticationResult"]["IdToken"]
    roster = requests.get(f"{os.environ['BASE_URL']}/athletes", headers={"Authorization": f"Bearer {token}"}, timeout=15)
    statuses.append(roster.status_code)
print(json.dumps(statuses))
