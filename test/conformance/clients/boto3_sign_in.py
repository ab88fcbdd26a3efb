# Signs in with boto3 as a script does that knows only a region: the endpoint comes from ENDPOINT_ARGUMENT, or from the
# environment variable AWS_ENDPOINT_URL that boto3 itself reads. Prints the answer, or the error's code and message.
import json
import os

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

options = {"region_name": "us-east-1"}
if os.environ.get("ENDPOINT_ARGUMENT"):
    options["endpoint_url"] = os.environ["ENDPOINT_ARGUMENT"]
if os.environ.get("UNSIGNED"):
    options["config"] = Config(signature_version=UNSIGNED)
client = boto3.client("cognito-idp", **options)
try:
    answer = client.initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=os.environ["CLIENT_ID"],
        AuthParameters={"USERNAME": os.environ["KB_USERNAME"], "PASSWORD": os.environ["KB_PASSWORD"]},
    )
    print(json.dumps(answer["AuthenticationResult"]))
except ClientError as error:
    print(json.dumps(error.response["Error"]))
