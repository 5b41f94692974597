#!/bin/sh
# people.sh KIOSK BASE REV OPS: changes who is known at a kiosk from revision BASE to REV. It wants
# what publish.sh wants, and PEOPLE_KEY (PEM).
set -eu
kiosk=$1 base=$2 rev=$3 ops=$4
payload=$(printf '{"v":1,"baseRev":%s,"rev":%s,"ops":%s}' "$base" "$rev" "$ops")
sh "$(dirname "$0")/publish.sh" "lockerd/v1/$kiosk/dn/prov" "$payload" "$PEOPLE_KEY" 900
