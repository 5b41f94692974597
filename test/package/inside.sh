# The life of a package in a fresh Debian, as root, without a network. $1 is the version.
. /srv/lib.sh
version=$1
config=/etc/lockerd/kiosk.toml
copies=/media/backup/lockerd

step 'the version before installs'
! command -v node > /dev/null || die 'this system has a node of its own'
dpkg -i /srv/before/lockerd_0.0.9_amd64.deb > /tmp/dpkg.log 2>&1 || { cat /tmp/dpkg.log; exit 1; }
[ "$(lockerd --version)" = 0.0.9 ] || die "version $(lockerd --version)"
[ "$(stat -c '%U:%G %a' /var/lib/lockerd)" = 'lockerd:lockerd 750' ] || die 'who owns the data?'
[ "$(stat -c '%G %a' /run/lockerd/ctl)" = 'lockerd-tech 2750' ] || die 'whose is the socket?'
for file in /usr/lib/systemd/system/lockerd.service /usr/lib/udev/rules.d/70-lockerd.rules \
  /usr/lib/sysusers.d/lockerd.conf /usr/lib/tmpfiles.d/lockerd.conf /usr/lib/lockerd/bin/node \
  /usr/share/doc/lockerd/examples/kiosk.toml; do
  [ -e "$file" ] || die "$file is missing"
done
id -nG lockerd | grep -q dialout || die 'lockerd may not use serial ports'
systemd-analyze verify lockerd.service lockerd-kiosk@tty1.service lockerd-backup.timer \
  lockerd-backup.service lockerd-power-failing.service
echo "lockerd 0.0.9 runs on its own node $(/usr/lib/lockerd/bin/node --version)"

step 'a kiosk with a simulated wall takes a parcel in'
sed -e 's|/dev/lockerd/bus0|/run/wall/main|' -e 's|size = "M"|size = "S"|' \
  /usr/share/doc/lockerd/examples/kiosk.toml > "$config"
printf '\n[notices]\nspool = "/var/lib/lockerd/notices"\n\n[policy]\ngraceSeconds = 10\n' >> "$config"
install -d -o lockerd /media/backup "$copies"
lockerd check-config --config "$config"
start_wall
staff=$(as_lockerd lockerd add-courier --config "$config" --carrier ACME --pin 582046 | grep -oE '[0-9]{6}$')
start_kiosk
key 'Fetch back' "2${staff}582046#"
key '1  [Ss]mall' '11234501701234567#01701234567#'
key 'is open' '1'
door=$(says /tmp/wall.log '/[0-9]+ opened' | grep -oE '[0-9]+ opened' | cut -d' ' -f1)
sleep 2.5
hands "put A $door book"
hands "close A $door"
key 'Left it in' ''
key 'Done' '1'
printf '**' >&9
until grep -qs 'code: ' /var/lib/lockerd/notices/*.txt; do sleep 0.1; done
numbers=$(grep -hoE '(code|number): [0-9]+' /var/lib/lockerd/notices/*.txt | grep -oE '[0-9]+' | tr -d '\n')
echo "a parcel lies in compartment $door"
stop_kiosk

step 'the upgrade copies the database first, and the parcel is still there'
[ -z "$(ls -A "$copies")" ] || die 'there is a copy already'
dpkg -i "/srv/lockerd_${version}_amd64.deb" > /tmp/dpkg.log 2>&1 || { cat /tmp/dpkg.log; exit 1; }
[ "$(lockerd --version)" = "$version" ] || die "version $(lockerd --version)"
ls "$copies"/LOC001/backup-000001.db
start_kiosk
# The schema is another one, so that its first start has made one more copy.
[ -e /srv/same-schema ] || ls "$copies"/LOC001/backup-000002.db
key 'Second number|code' '1'
key 'is open' "$numbers"
sleep 2.5
hands "take A $door"
hands "close A $door"
key 'Done|Thank' ''
echo "the parcel was collected from compartment $door"
stop_kiosk

step 'the demo plays a day'
install -d -o nobody /tmp/demo
(cd /tmp/demo && setpriv --reuid=65534 --clear-groups lockerd-demo < /dev/null > /tmp/demo.log 2>&1) ||
  { tail -20 /tmp/demo.log; die 'the demo failed'; }
tail -2 /tmp/demo.log

step 'an upgrade without a copy is refused'
mv "$copies" "$copies.away"
touch "$copies"
if dpkg -i "/srv/lockerd_${version}_amd64.deb" > /tmp/dpkg.log 2>&1; then die 'it was upgraded'; fi
grep 'it is not upgraded' /tmp/dpkg.log
[ "$(lockerd --version)" = "$version" ] || die 'it is not what it was'
rm "$copies"
mv "$copies.away" "$copies"

step 'removal keeps the data'
dpkg -r lockerd > /tmp/dpkg.log 2>&1 || { cat /tmp/dpkg.log; exit 1; }
[ ! -e /usr/bin/lockerd ] || die 'the program is still there'
[ ! -e /usr/lib/lockerd ] || die 'parts of the program are still there'
ls /var/lib/lockerd/lockerd.db /var/lib/lockerd/device.key "$config"

step 'purging leaves the copies on the other device alone'
dpkg -P lockerd > /tmp/dpkg.log 2>&1 || { cat /tmp/dpkg.log; exit 1; }
for path in /var/lib/lockerd /etc/lockerd /run/lockerd; do
  [ ! -e "$path" ] || die "$path is still there"
done
! getent passwd lockerd > /dev/null || die 'the user is still there'
ls "$copies"/LOC001/backup-000001.db
