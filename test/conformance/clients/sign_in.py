# Sign-in as the later generations do it: a plain POST to a configured URL.
import json
import os

import requests


def sign_in():
    answer = requests.post(
        os.environ["TOKEN_URL"],
        headers={
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
            "User-Agent": "Mozilla/5.0 dashboard",
        },
        data=json.dumps(
            {
                "AuthFlow": "USER_PASSWORD_AUTH",
                "ClientId": os.environ["CLIENT_ID"],
                "AuthParameters": {"USERNAME": os.environ["KB_USERNAME"], "PASSWORD": os.environ["KB_PASSWORD"]},
            }
        ),
        timeout=15,
    )
    if answer.status_code != 200:
        raise SystemExit(f"{answer.status_code} {answer.text[:500]}")
    return answer.json()["AuthenticationResult"]
