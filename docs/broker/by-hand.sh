#!/bin/sh
# by-hand.sh KIOSK SLOT: a cloud of a few lines, which has nothing of lockerd in it. It takes a kiosk
# through an announcement with a reservation, a cancel and an open, reads what it says, and
# acknowledges it. It wants HOST, PORT, CERTS, KEY and PEOPLE_KEY as the scripts beside it.
set -eu
cd "$(dirname "$0")"
K=lockerd/v1/$1 slot=$2
client() { echo "-V 5 -h $HOST -p $PORT --cafile $CERTS/ca.crt --cert $CERTS/$1.crt --key $CERTS/$1.key"; }
WATCHER=$(client watcher) CLOUD=$(client cloud) ARCHIVE=$(client archive)
run() { printf '\n$ %s\n' "$1"; eval "$1"; }
field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }

log=$(mktemp) result=$(mktemp)
mosquitto_sub $ARCHIVE -q 1 -t "$K/up/evt" >"$log" &
listening=$!
trap 'kill "$listening"; rm "$log" "$result"' EXIT
# The events that came, each once, in order: number and type.
told() {
  sed 's/},{"v":1,"id"/}\n{"v":1,"id"/g' "$log" |
    sed -n 's/.*"t":"\([^"]*\)".*"seq":\([0-9]*\).*/\2 \1/p' | sort -n -u
}

echo '# What the kiosk says of itself, and what is free.'
run "mosquitto_sub \$WATCHER -C 1 -t $K/up/status | tee $result"
session=$(field sess <"$result") ep=$(field ep <"$result")
run "mosquitto_sub \$WATCHER -C 1 -t $K/up/avail"

echo; echo '# The cloud is there: events may come.'
run "mosquitto_pub \$CLOUD -q 1 -r -t lockerd/v1/cloud/status -m '{\"v\":1,\"state\":\"online\"}'"

echo; echo '# Somebody to announce a parcel to.'
person='{"op":"put","id":"c_1","role":"customer","carrier":null,"sealed":null,"needsLowSlot":false}'
run "sh people.sh $1 0 1 '[$person]'"
sleep 1
run "mosquitto_sub \$WATCHER -C 1 -t $K/up/prov"

echo; echo '# A parcel for which a slot is held for an hour.'
until_=$(date -u -d '+1 hour' +%Y-%m-%dT%H:%M:%S.000Z)
parcel='"carrier":"ACME","label":"AC0012345","size":"S","recipient":"c_1"'
run "sh send.sh $1 parcel.announce '{$parcel,\"reserveUntil\":\"$until_\"}' | tee $result"
parcel=$(field parcel <"$result")
sleep 1
run "mosquitto_sub \$WATCHER -C 1 -t $K/up/avail"

echo; echo '# It is cancelled, and the slot is free again.'
run "sh send.sh $1 parcel.cancel '{\"parcel\":\"$parcel\"}'"
sleep 1
run "mosquitto_sub \$WATCHER -C 1 -t $K/up/avail"

echo; echo '# A door is opened, for the session of the birth and for no other.'
run "sh send.sh $1 slot.open '{\"slot\":\"$slot\"}' 0190b3f1-7c2e-7a44-8b1d-2f6f9e1c0a02"
run "sh send.sh $1 slot.open '{\"slot\":\"$slot\"}' $session"

echo; echo '# What happened, in order.'
sleep 1
run "told | cut -d' ' -f2 | grep -E '^(people|command|parcel|slot|intent)\.'"

echo; echo '# All of it is acknowledged; the next birth says so.'
upto=$(told | tail -1 | cut -d' ' -f1)
run "mosquitto_pub \$CLOUD -q 1 -r -t $K/dn/ack -m '{\"v\":1,\"ep\":\"$ep\",\"upto\":$upto}'"
run "sh send.sh $1 rebirth '{}'"
sleep 1
run "mosquitto_sub \$WATCHER -C 1 -t $K/up/status | grep -o '\"acked\":$upto,'"
