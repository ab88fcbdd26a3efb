#!/usr/bin/env bash
# Sessions of an athlete between two dates, the newest report, and one joint angle, with curl.
#
#   export KINEBASE_URL=http://127.0.0.1:4750 KINEBASE_CLIENT=riverside
#   export KINEBASE_USERNAME=coach@riverside.example KINEBASE_PASSWORD=demo-movement-1
#   bash sessions.sh "Maya St. Clair" 2026-06-01 2026-12-31 knee_angle_r
#
# With jq it prints what the other examples print. Without jq (or with JQ=no) the athlete is given by ValorID, and sessions,
# report and series are printed as JSON. Neither password nor token ever stands in the list of processes.
set -euo pipefail
export LC_ALL=C

fail() {
  echo "error: $*" >&2
  exit 1
}

[[ $# -ge 3 ]] || fail 'say which athlete, from and to: the first lines of this file show how'
NAME=$1 FROM=$2 TO=$3 CHANNEL=${4:-knee_angle_r}
for setting in KINEBASE_URL KINEBASE_CLIENT KINEBASE_USERNAME KINEBASE_PASSWORD; do
  [[ -n ${!setting:-} ]] || fail "set $setting"
done
URL=${KINEBASE_URL%/}
has_jq() { [[ ${JQ:-} != no ]] && command -v jq >/dev/null; }

# One request: what is on standard input goes as @-. Leaves STATUS and ANSWER.
call() {
  local text
  text=$(curl --silent --show-error --compressed --max-time 60 --write-out '\n%{http_code}' "$@") ||
    fail "no answer from $URL"
  STATUS=${text##*$'\n'}
  ANSWER=${text%$'\n'*}
}

# member NAME: a member of the answer that is a string, or nothing.
member() {
  if has_jq; then jq -r --arg name "$1" '.. | objects | .[$name]? | strings' <<<"$ANSWER" 2>/dev/null | head -1
  else sed -nE 's/.*"'"$1"'":"(([^"\\]|\\.)*)".*/\1/p' <<<"$ANSWER"; fi
}

refuse() {
  fail "$(member message) (HTTP $STATUS, $(member code)$(member __type))"
}

# A text as JSON has it.
quoted() {
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

TOKEN='' REFRESH_TOKEN='' RENEW_AT=0

sign_in() {
  local seconds
  call "$URL/" --header 'Content-Type: application/x-amz-json-1.1' \
    --header 'X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth' --data-binary @- \
    <<<"{\"AuthFlow\":\"$1\",\"ClientId\":$(quoted "$KINEBASE_CLIENT"),\"AuthParameters\":{$2}}"
  [[ $STATUS == 200 ]] || return 1
  TOKEN=$(member IdToken)
  REFRESH_TOKEN=$(member RefreshToken)
  seconds=$(sed -n 's/.*"ExpiresIn":\([0-9]*\).*/\1/p' <<<"$ANSWER")
  RENEW_AT=$(($(date +%s) + seconds - 60))
}

# By the refresh token while it is good, else by the password.
renew() {
  local old=$REFRESH_TOKEN
  if [[ -n $old ]] && sign_in REFRESH_TOKEN_AUTH "\"REFRESH_TOKEN\":\"$old\""; then
    REFRESH_TOKEN=${REFRESH_TOKEN:-$old}
    return
  fi
  sign_in USER_PASSWORD_AUTH \
    "\"USERNAME\":$(quoted "$KINEBASE_USERNAME"),\"PASSWORD\":$(quoted "$KINEBASE_PASSWORD")" || refuse
}

ask() {
  local path=$1 options=(--get)
  shift
  for parameter; do options+=(--data-urlencode "$parameter"); done
  call "$URL$path" "${options[@]}" --header @- <<<"Authorization: Bearer $TOKEN
X-Continuation-Token: $CONTINUATION"
}

# get PATH [NAME=VALUE]...: leaves the whole answer in ANSWER, and the value in its envelope in BODY, on one line.
CONTINUATION='""'
get() {
  (($(date +%s) < RENEW_AT)) || renew
  ask "$@"
  # The token may have been revoked, or this clock may be wrong: one new token is worth a try.
  if [[ $STATUS == 401 ]]; then
    renew
    ask "$@"
  fi
  [[ $STATUS == 200 ]] || refuse
  # A string that holds JSON, unless the client id is registered for parsed bodies.
  if has_jq; then BODY=$(jq -c '.body | if type == "string" then fromjson else . end' <<<"$ANSWER")
  elif [[ $ANSWER == *'"body":"'* ]]; then
    BODY=$(sed -e 's/^.*"body":"//; s/"}[[:space:]]*$//; s/\\"/"/g; s/\\\\/\\/g' <<<"$ANSWER")
  else BODY=$(sed -e 's/^.*"body"://; s/}[[:space:]]*$//' <<<"$ANSWER"); fi
}

# One session a line, over all pages.
all_sessions() {
  local followed=' '
  SESSIONS=''
  while :; do
    get /sessions "athleteID=$ATHLETE" "from=$FROM" "to=$TO"
    if has_jq; then SESSIONS+=$(jq -c '.[]' <<<"$BODY")$'\n'
    else SESSIONS+=$(sed -e 's/^\[//; s/\]$//; s/},{/}\n{/g' <<<"$BODY")$'\n'; fi
    # Null on the last page. An empty page before it is no end, and a token that comes again would never end.
    CONTINUATION=$(sed -n 's/.*"X-Continuation-Token":"\([^"]*\)".*/\1/p' <<<"$ANSWER")
    [[ -n $CONTINUATION ]] || break
    [[ $followed != *" $CONTINUATION "* ]] || fail 'the server named the same continuation token twice'
    followed+="$CONTINUATION "
  done
  CONTINUATION='""'
  SESSIONS=$(grep . <<<"$SESSIONS" || true)
}

if has_jq; then
  get /athletes
  ATHLETE=$(jq -r --arg name "$NAME" '.[] | select("\(.FirstName) \(.LastName)" == $name) | .ValorID' <<<"$BODY" | head -1)
  [[ -n $ATHLETE ]] || fail "none of the $(jq length <<<"$BODY") athletes is called $NAME"
else
  ATHLETE=$NAME
fi

all_sessions
if ! has_jq; then
  echo "$SESSIONS"
  KEY=$(sed -n '1s/.*"s3Key":"\([^"]*\)".*/\1/p' <<<"$SESSIONS")
  [[ -n $KEY ]] || exit 0
  get /reportData "s3Key=$KEY" && echo "$BODY"
  get /ikData "s3Key=$KEY" "channels=$CHANNEL" && echo "$BODY"
  exit 0
fi

COUNT=$(grep -c . <<<"$SESSIONS" || true)
echo "$COUNT sessions of $NAME, $FROM to $TO"
[[ $COUNT -gt 0 ]] || exit 0
jq -r '[.Date[:10], .Duration, .["Session Name"]] | @tsv' <<<"$SESSIONS" |
  while IFS=$'\t' read -r date duration name; do printf '%s  %6.2f s  %s\n' "$date" "$duration" "$name"; done

NEWEST=$(head -1 <<<"$SESSIONS")
KEY=$(jq -r .s3Key <<<"$NEWEST")
get /reportData "s3Key=$KEY"
echo "Report of $(jq -r '.["Session Name"]' <<<"$NEWEST")"
jq -r '.WorkoutMetrics.Ang | to_entries[] | .key as $metric | .value | to_entries[]
  | [$metric, .key, .value.AvgMax, .value.Score // "none"] | @tsv' <<<"$BODY" |
  while IFS=$'\t' read -r metric side angle score; do
    [[ $score == none ]] && score='no score' || score=$(printf 'score %.1f' "$score")
    printf '%s %s: %.1f, %s\n' "$metric" "$side" "$angle" "$score"
  done

get /ikData "s3Key=$KEY" "channels=$CHANNEL"
read -r count seconds low high < <(jq -r --arg channel "$CHANNEL" \
  '[(.[$channel] | length), .time[-1], (.[$channel] | min), (.[$channel] | max)] | @tsv' <<<"$BODY")
printf '%s: %d values in %.2f s, %.1f to %.1f\n' "$CHANNEL" "$count" "$seconds" "$low" "$high"
