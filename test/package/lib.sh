# For scripts that live in a fresh Debian with a package and a simulated wall.
set -euo pipefail
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
wait_s_max=40

step() { printf '\n   %s (%s s)\n' "$*" "$SECONDS"; }
die() { printf '** %s\n' "$*" >&2; exit 1; }
# Waits until the file $1 has a line that matches $2; gives the newest one.
says() {
  local until=$((SECONDS + wait_s_max))
  until grep -aqE "$2" "$1" 2> /dev/null; do
    [ $SECONDS -lt $until ] || { tail -25 "$1"; die "$1 never said: $2"; }
    sleep 0.1
  done
  grep -aE "$2" "$1" | tail -1
}
# As the user that the service runs as.
as_lockerd() {
  (cd /var/lib/lockerd && setpriv --reuid=lockerd --regid=lockerd --init-groups \
    env HOME=/var/lib/lockerd "$@")
}
# As root types it; versions that did not know how to become the service are helped.
as_service() {
  if [ -e /usr/lib/lockerd/as-service ]; then "$@"; else as_lockerd "$@"; fi
}
# A simulated wall in the place of the boards; its hands are typed into descriptor 8.
start_wall() {
  mkfifo /tmp/hands
  mkdir -p /run/wall
  exec 8<> /tmp/hands
  lockerd-wall --wall /usr/share/doc/lockerd/examples/wall.toml --links /run/wall <&8 > /tmp/wall.log 2>&1 &
  says /tmp/wall.log 'bus main' > /dev/null
  chown lockerd /run/wall/* "$(readlink -f /run/wall/main)"
}
# The kiosk, with keys typed into descriptor 9.
start_kiosk() {
  rm -f /tmp/keys
  mkfifo /tmp/keys
  chmod 666 /tmp/keys
  exec 9<> /tmp/keys
  : > /tmp/kiosk.log
  as_service lockerd run --config /etc/lockerd/kiosk.toml --keypad lines < /tmp/keys > /tmp/kiosk.log 2>&1 &
  kiosk=$!
  says /tmp/kiosk.log '"serving"' > /dev/null
}
stop_kiosk() {
  kill -TERM "$(cat "$(find /var/lib/lockerd -name '*.db.pid')")"
  wait "$kiosk" || die "the kiosk ended with status $?"
}
# Waits for a screen that shows $1 among what is shown after the keys $2.
key() {
  local from
  from=$(stat -c %s /tmp/kiosk.log)
  printf '%s' "$2" >&9
  local until=$((SECONDS + wait_s_max))
  until tail -c "+$((from + 1))" /tmp/kiosk.log | grep -aqE "$1"; do
    [ $SECONDS -lt $until ] || { tail -40 /tmp/kiosk.log; die "no screen showed: $1"; }
    sleep 0.1
  done
}
hands() { printf '%s\n' "$*" >&8; }
