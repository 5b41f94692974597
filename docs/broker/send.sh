#!/bin/sh
# send.sh KIOSK TYPE DATA [SESSION]: signs a command, sends it and prints its result. It wants what
# publish.sh wants, and KEY, the command key (PEM).
set -eu
here=$(dirname "$0")
kiosk=$1 type=$2 data=$3 session=${4:-}
at() { date -u -d "$1" +%Y-%m-%dT%H:%M:%S.%3NZ; }

# A UUID of version 7: 48 bits of time, the rest by chance.
time=$(printf %012x "$(date +%s%3N)")
chance=$(openssl rand -hex 10)
id=$(printf %s "$time" | cut -c1-8)-$(printf %s "$time" | cut -c9-12)-7$(printf %s "$chance" |
  cut -c1-3)-8$(printf %s "$chance" | cut -c4-6)-$(printf %s "$chance" | cut -c7-18)

payload=$(printf '{"v":1,"id":"%s","t":"%s","k":"%s","ts":"%s","exp":"%s",%s"d":%s}' \
  "$id" "$type" "$kiosk" "$(at now)" "$(at '+25 seconds')" \
  "${session:+\"sess\":\"$session\",}" "$data")

# Whoever comes too late for the first answer hears it again, until its event is acknowledged.
answers=$(mktemp)
mosquitto_sub -V 5 -h "$HOST" -p "$PORT" --cafile "$CERTS/ca.crt" --cert "$CERTS/watcher.crt" \
  --key "$CERTS/watcher.key" -q 1 -t "lockerd/v1/$kiosk/up/res" >"$answers" &
listening=$!
trap 'kill "$listening"; rm "$answers"' EXIT
sh "$here/publish.sh" "lockerd/v1/$kiosk/dn/cmd/$type" "$payload" "$KEY" 30

tries=0
until grep -m1 "command.result.*\"cmd\":\"$id\"" "$answers"; do
  tries=$((tries + 1))
  [ "$tries" -lt 600 ] || { echo "no result of $id within a minute" >&2; exit 1; }
  sleep 0.1
done
