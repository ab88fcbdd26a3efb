# First generation, a script: boto3 knows a region and nothing else (AWS_ENDPOINT_URL redirects it), the host of the data
# is a constant, and every GET says Content-Type: application/json.
import json
import os

import boto3
import requests

client = boto3.client("cognito-idp", region_name="us-east-1")
answer = client.initiate_auth(
    AuthFlow="USER_PASSWORD_AUTH",
    ClientId=os.environ["CLIENT_ID"],
    AuthParameters={"USERNAME": os.environ["KB_USERNAME"], "PASSWORD": os.environ["KB_PASSWORD"]},
)
JWT = answer["AuthenticationResult"]["IdToken"]

roster = requests.get(
    f"{os.environ['HOST']}/production/athletes",
    headers={"Authorization": f"Bearer {JWT}", "Content-Type": "application/json"},
)
if roster.status_code != 200:
    raise SystemExit(f"{roster.status_code} {roster.text}")
print(json.dumps(roster.json()))
