#!/usr/bin/env python3
"""All scores of an organization between two dates as a pandas data frame, and their means by exercise.

    pip install requests pandas
    export KINEBASE_URL=http://127.0.0.1:4750 KINEBASE_CLIENT=riverside
    export KINEBASE_USERNAME=coach@riverside.example KINEBASE_PASSWORD=demo-movement-1
    python3 scores.py 2026-09-01 2026-09-30 [scores.csv]

Reads through `Server` of sessions.py, beside this file.
"""

import sys

import pandas
import requests
from sessions import ServerError, server_from_environment


def scores(server, first_day, last_day):
    """One row for each metric and side of each session."""
    athletes = {a["ValorID"]: f"{a['FirstName']} {a['LastName']}" for a in server.get("/athletes")}
    rows = []
    for session in server.sessions(**{"from": first_day, "to": last_day}):
        report = server.get("/reportData", s3Key=session["s3Key"])
        for metric, sides in report["WorkoutMetrics"]["Ang"].items():
            for side, values in sides.items():
                rows.append(
                    {
                        "date": session["Date"],
                        "athlete": athletes[session["Athlete ID"]],
                        "exercise": session["Session Name"],
                        "metric": metric,
                        "side": side,
                        "angle": values["AvgMax"],
                        "score": values["Score"],
                    }
                )
    columns = ["date", "athlete", "exercise", "metric", "side", "angle", "score"]
    frame = pandas.DataFrame(rows, columns=columns)
    # Times are UTC. A missing score is missing, not zero: it counts in no mean.
    return frame.assign(date=pandas.to_datetime(frame["date"], utc=True), score=frame["score"].astype(float))


def main(first_day, last_day, file_name=None):
    frame = scores(server_from_environment(), first_day, last_day)
    print(f"{len(frame)} rows, {frame['score'].notna().sum()} with a score, {frame['athlete'].nunique()} athletes")
    means = frame.groupby("exercise")["score"].agg(["count", "mean"])
    for exercise, (count, mean) in means[means["count"] > 0].iterrows():
        print(f"{exercise}: {mean:.3f} over {int(count)}")
    if file_name is not None:
        frame.to_csv(file_name, index=False)


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except (ServerError, requests.RequestException) as error:
        sys.exit(f"error: {error}")
