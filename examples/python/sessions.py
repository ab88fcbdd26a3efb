#!/usr/bin/env python3
"""Sessions of an athlete between two dates, the newest report, and one joint angle.

    pip install requests
    export KINEBASE_URL=http://127.0.0.1:4750 KINEBASE_CLIENT=riverside
    export KINEBASE_USERNAME=coach@riverside.example KINEBASE_PASSWORD=demo-movement-1
    python3 sessions.py "Maya St. Clair" 2026-06-01 2026-12-31 knee_angle_r

Works with Python 3.8 and later. `Server` is all that your own program needs.
"""

import json
import os
import sys
import time

import requests


class ServerError(Exception):
    """What the server says when it refuses: its message, the status and, where it has one, a code."""


class Server:
    """Signs in when it has to, and renews the token before it ends."""

    def __init__(self, url, username, password, client_id):
        self.url = url.rstrip("/")
        self.account = {"USERNAME": username, "PASSWORD": password}
        self.client_id = client_id
        self.token = self.refresh_token = None
        self.renew_at = 0.0

    def sessions(self, **filters):
        """Every session that matches, page by page. Filters: athleteID, from, to, exerciseID, limit and others."""
        continuation, followed = '""', set()
        while continuation is not None:
            page = self._get("/sessions", filters, {"X-Continuation-Token": continuation})
            yield from page["body"]
            # Null on the last page. An empty page before it is no end, and a token that comes again would never end.
            continuation = page["X-Continuation-Token"]
            if continuation in followed:
                raise ServerError("the server named the same continuation token twice")
            followed.add(continuation)

    def get(self, path, **parameters):
        """What an endpoint answers, without its envelope."""
        return self._get(path, parameters)["body"]

    def _get(self, path, parameters, headers={}):
        if time.time() >= self.renew_at:
            self._renew()
        for attempt in (1, 2):
            authorization = {"Authorization": f"Bearer {self.token}"}
            answer = requests.get(
                self.url + path, params=parameters, headers={**headers, **authorization}, timeout=60
            )
            # The token may have been revoked, or this clock may be wrong: one new token is worth a try.
            if answer.status_code != 401 or attempt == 2:
                break
            self._renew()
        envelope = _json(answer)
        # A string that holds JSON, unless the client id is registered for parsed bodies.
        if isinstance(envelope["body"], str):
            envelope["body"] = json.loads(envelope["body"])
        return envelope

    def _renew(self):
        """By the refresh token while it is good, else by the password."""
        if self.refresh_token is not None:
            try:
                return self._sign_in("REFRESH_TOKEN_AUTH", {"REFRESH_TOKEN": self.refresh_token})
            except ServerError:
                self.refresh_token = None
        self._sign_in("USER_PASSWORD_AUTH", self.account)

    def _sign_in(self, flow, parameters):
        answer = requests.post(
            self.url + "/",
            headers={
                "Content-Type": "application/x-amz-json-1.1",
                "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
            },
            data=json.dumps({"AuthFlow": flow, "ClientId": self.client_id, "AuthParameters": parameters}),
            timeout=60,
        )
        tokens = _json(answer)["AuthenticationResult"]
        self.token = tokens["IdToken"]
        self.refresh_token = tokens.get("RefreshToken", self.refresh_token)
        self.renew_at = time.time() + tokens["ExpiresIn"] - 60


def _json(answer):
    try:
        value = answer.json()
    except ValueError:
        raise ServerError(f"no JSON from {answer.url} (HTTP {answer.status_code}): {answer.text[:200]}")
    if answer.ok:
        return value
    code = value.get("code") or value.get("__type") or answer.reason
    raise ServerError(f"{value.get('message')} (HTTP {answer.status_code}, {code})")


def server_from_environment():
    names = ("KINEBASE_URL", "KINEBASE_USERNAME", "KINEBASE_PASSWORD", "KINEBASE_CLIENT")
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        sys.exit(f"error: set {', '.join(missing)}")
    return Server(*(os.environ[name] for name in names))


def main(name, first_day, last_day, channel="knee_angle_r"):
    server = server_from_environment()
    athletes = server.get("/athletes")
    athlete = next((a for a in athletes if f"{a['FirstName']} {a['LastName']}" == name), None)
    if athlete is None:
        raise ServerError(f"none of the {len(athletes)} athletes is called {name}")

    filters = {"athleteID": athlete["ValorID"], "from": first_day, "to": last_day}
    sessions = list(server.sessions(**filters))
    print(f"{len(sessions)} sessions of {name}, {first_day} to {last_day}")
    for session in sessions:
        print(f"{session['Date'][:10]}  {session['Duration']:6.2f} s  {session['Session Name']}")
    if not sessions:
        return

    newest = sessions[0]
    report = server.get("/reportData", s3Key=newest["s3Key"])
    print(f"Report of {newest['Session Name']}")
    for metric, sides in report["WorkoutMetrics"]["Ang"].items():
        for side, values in sides.items():
            score = "no score" if values["Score"] is None else f"score {values['Score']:.1f}"
            print(f"{metric} {side}: {values['AvgMax']:.1f}, {score}")

    series = server.get("/ikData", s3Key=newest["s3Key"], channels=channel)
    angles = series[channel]
    print(f"{channel}: {len(angles)} values in {series['time'][-1]:.2f} s, {min(angles):.1f} to {max(angles):.1f}")


if __name__ == "__main__":
    if not 4 <= len(sys.argv) <= 5:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except (ServerError, requests.RequestException) as error:
        sys.exit(f"error: {error}")
