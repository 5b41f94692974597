# docs/OPERATIONS.md, followed to the letter in a fresh Debian: each of its blocks is run as it stands.
# A simulated wall is in the place of the boards and of the hands before them; there is no systemd
# here, so that `systemctl start` and `stop` do what the unit says, as the unit's user.
. /srv/lib.sh
guide=/srv/OPERATIONS.md
cd /srv

# What PID 1 would do: the command of the unit's ExecStart, and its end.
cat > /usr/local/bin/systemctl <<'END'
#!/bin/bash
. /srv/lib.sh
unit=/usr/lib/systemd/system/lockerd.service
pid=/var/lib/lockerd/lockerd.db.pid
case "$*" in
  'start lockerd.service'*)
    : > /tmp/kiosk.log
    chmod 666 /tmp/kiosk.log
    as_lockerd setsid $(sed -n 's/^ExecStart=//p' "$unit") < /dev/null >> /tmp/kiosk.log 2>&1 &
    says /tmp/kiosk.log '"serving"' > /dev/null
    until [ -S /run/lockerd/ro/ro.sock ]; do sleep 0.1; done
    ;;
  'stop lockerd.service')
    kill -TERM "$(cat $pid)"
    while [ -e $pid ]; do sleep 0.1; done
    ;;
  'start lockerd-backup.service') kill -USR2 "$(cat $pid)" ;;
  *) exec /usr/bin/systemctl "$@" ;;
esac
END
chmod 755 /usr/local/bin/systemctl
export PATH=/usr/local/bin:$PATH

# Somebody before the wall, who does what commissioning asks: shuts the door that has opened, and
# presses Enter. A door that is shut unasked may be open for less time than a busy machine looks away.
before_the_wall() {
  tail -n +1 -F /tmp/commission.log 2> /dev/null | grep --line-buffered -oE 'Enter opens it|Shut|Not fit' |
    while read -r asked; do
      case $asked in
        Shut)
          hands "close $(grep -oE '[A-Z]+/[0-9]+ opened' /tmp/wall.log | tail -1 | sed 's|/| |; s| opened||')"
          echo
          ;;
        'Not fit') echo q ;;
        *) echo ;;
      esac
    done
}
# A wall that answers late, since the machine has much else to do, is tried again.
commission() {
  for _ in 1 2 3; do
    : > /tmp/commission.log
    timeout 300 bash -e -c "$1" < <(before_the_wall) > /tmp/commission.log 2>&1 && return
    tail -20 /tmp/commission.log
  done
  die 'commissioning failed'
}

# The operator's part of the enrolment: an authority that signs the request, and their public keys.
operator_answers() {
  local folder=/media/backup/enrol
  sed -n 's/^  "csr": "\(.*\)",$/\1/p' $folder/request.json | sed 's/\\n/\n/g' > /tmp/kiosk.csr
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /tmp/ca.key \
    -subj /CN=authority -out /tmp/ca.crt 2> /dev/null
  openssl x509 -req -in /tmp/kiosk.csr -CA /tmp/ca.crt -CAkey /tmp/ca.key -CAcreateserial \
    -out /tmp/kiosk.crt 2> /dev/null
  public() { openssl genpkey -algorithm "$1" | openssl pkey -pubout -outform DER | base64 -w0; }
  pem() { sed ':a;N;$!ba;s/\n/\\n/g' "$1"; }
  printf '{"certificate":"%s\\n","ca":"%s\\n","rootKey":"%s","commandKey":"%s","peopleKey":"%s","operatorKey":"%s"}\n' \
    "$(pem /tmp/kiosk.crt)" "$(pem /tmp/ca.crt)" "$(public ed25519)" "$(public ed25519)" \
    "$(public ed25519)" "$(public x25519)" > $folder/handed.json
}

count=0
while IFS= read -r block; do
  count=$((count + 1))
  commands=$(base64 -d <<< "$block")
  step "$commands"
  case $commands in
    *commission*)
      start_wall
      mkdir -p /dev/lockerd
      ln -sf "$(readlink -f /run/wall/main)" /dev/lockerd/bus0
      commission "$commands"
      tail -2 /tmp/commission.log
      ;;
    # What was on the dead card is gone.
    *keys/kiosk.toml\ /etc*)
      systemctl stop lockerd.service
      rm -rf /var/lib/lockerd/* /etc/lockerd/kiosk.toml
      bash -e -c "${commands#systemctl stop lockerd.service}" || die "the guide's commands failed"
      ;;
    # Nobody vouches for the clock of this Debian; that alone may be amiss.
    'lockerctl doctor')
      said=$(lockerctl doctor 2> /dev/null) || true
      echo "$said"
      [ "$(grep -c '^  cure' <<< "$said")" -le 1 ] && grep -q 'time of day' <<< "$said" ||
        die 'the doctor has found something'
      ;;
    *) bash -e -c "$commands" || die "the guide's commands failed" ;;
  esac
  if [[ $commands = *'enrol request'* ]]; then operator_answers; fi
  if [[ $commands = *'start lockerd-backup.service'* ]]; then
    until ls /media/backup/lockerd/LOC001/backup-000001.db 2> /dev/null; do sleep 0.2; done
  fi
done < <(awk '/^```sh$/ {block = ""; inside = 1; next}
  /^```$/ && inside {inside = 0; print block; fflush(); next}
  inside {block = block (block == "" ? "" : "\1") $0}' "$guide" |
  while IFS= read -r text; do tr '\1' '\n' <<< "$text" | base64 -w0; echo; done)
[ "$count" -ge 9 ] || die "the guide has only $count blocks"
[ ! -e /var/lib/lockerd ] && [ ! -e /media/backup/lockerd ] || die 'something was left'
rm -f /usr/local/bin/systemctl /tmp/hands /tmp/*.log
echo "the $count blocks of the guide work"
