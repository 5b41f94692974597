# The life of a package in a fresh Debian, as root, without a network. $1 is the version, $2 the next
# one; $3 says whether the version before has another schema.
. /srv/lib.sh
version=$1
next=$2
has_other_schema=$3
config=/etc/lockerd/kiosk.toml
records=/var/lib/lockerd/records
copies=/media/backup/lockerd

step 'the version before installs'
! command -v node > /dev/null || die 'this system has a node of its own'
dpkg -i /srv/others/lockerd_0.0.9_amd64.deb > /tmp/dpkg.log 2>&1 || { cat /tmp/dpkg.log; exit 1; }
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
staff=$(as_service lockerd add-courier --config "$config" --carrier ACME --pin 582046 | grep -oE '[0-9]{6}$')
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
count_copies() { find "$copies" -name '*.db' | wc -l; }
[ "$(count_copies)" = 1 ] || die "$(count_copies) copies"
start_kiosk
# Its first start makes one more copy where the schema is another one.
[ "$(count_copies)" = $((1 + has_other_schema)) ] || die "$(count_copies) copies"
key 'Second number|code' '1'
key 'is open' "$numbers"
sleep 2.5
hands "take A $door"
hands "close A $door"
key 'Done|Thank' ''
echo "the parcel was collected from compartment $door"
stop_kiosk

[ "$(readlink /etc/systemd/system/ctrl-alt-del.target)" = /dev/null ] || die 'Ctrl-Alt-Del works'

step 'the demo plays a day'
install -d -o nobody /tmp/demo
(cd /tmp/demo && setpriv --reuid=65534 --clear-groups lockerd-demo < /dev/null > /tmp/demo.log 2>&1) ||
  { tail -20 /tmp/demo.log; die 'the demo failed'; }
tail -2 /tmp/demo.log

step 'keys in the credential stores are found by what root types, and by nobody else'
systemd-machine-id-setup > /dev/null 2>&1
audit_key=$(lockerd audit-key --config "$config")
install -d -o lockerd -g lockerd "$records"
mv /var/lib/lockerd/lockerd.db* "$records/"
sed -i "s|/var/lib/lockerd/lockerd.db|$records/lockerd.db|" "$config"
install -d -m 700 /etc/credstore /etc/credstore.encrypted
install -m 600 /var/lib/lockerd/device.key /etc/credstore/lockerd.device.key
systemd-creds encrypt --with-key=host --name=lockerd.audit.key /var/lib/lockerd/device.audit.key \
  /etc/credstore.encrypted/lockerd.audit.key
rm /var/lib/lockerd/device.key /var/lib/lockerd/device.audit.key
[ "$(lockerd audit-key --config "$config")" = "$audit_key" ] || die 'another audit key'
if as_lockerd lockerd audit-key --config "$config" 2> /tmp/refused; then die 'who gave it the key?'; fi
grep 'is missing' /tmp/refused
lockerd add-courier --config "$config" --carrier ACME > /dev/null
[ ! -e /run/lockerd-keys/lockerd.device.key ] || die 'the keys were left behind'

step 'the copy of an upgrade is of the records that the config names, and no night takes it away'
dpkg -i "/srv/others/lockerd_${next}_amd64.deb" > /tmp/dpkg.log 2>&1 || { cat /tmp/dpkg.log; exit 1; }
[ "$(lockerd --version)" = "$next" ] || die "version $(lockerd --version)"
for _ in 1 2 3 4; do lockerd backup --config "$config" > /dev/null; done
[ "$(find "$copies" -name 'backup-*.db' | wc -l)" = 3 ] || die 'not the last three copies'
ls "$copies/LOC001/before-$version.db"

step 'going back makes no copy, and restores that one'
before=$(count_copies)
LOCKERD_UPGRADE_WITHOUT_COPY=1 dpkg -i "/srv/lockerd_${version}_amd64.deb" > /tmp/dpkg.log 2>&1 ||
  { cat /tmp/dpkg.log; exit 1; }
[ "$(count_copies)" = "$before" ] || die 'it made a copy'
lockerd restore --config "$config" --from "$copies/LOC001/before-$version.db"
[ "$(stat -c %U "$records/lockerd.db")" = lockerd ] || die "whose are the records now?"
start_kiosk
stop_kiosk

step 'an upgrade without a copy is refused'
mv "$copies" "$copies.away"
touch "$copies"
if dpkg -i "/srv/others/lockerd_${next}_amd64.deb" > /tmp/dpkg.log 2>&1; then die 'it was upgraded'; fi
grep 'it is not upgraded' /tmp/dpkg.log
[ "$(lockerd --version)" = "$version" ] || die 'it is not what it was'
rm "$copies"
mv "$copies.away" "$copies"

step 'removal keeps the data'
dpkg -r lockerd > /tmp/dpkg.log 2>&1 || { cat /tmp/dpkg.log; exit 1; }
[ ! -e /usr/bin/lockerd ] || die 'the program is still there'
[ ! -L /etc/systemd/system/ctrl-alt-del.target ] || die 'Ctrl-Alt-Del still does nothing'
[ ! -e /usr/lib/lockerd ] || die 'parts of the program are still there'
ls "$records/lockerd.db" /etc/credstore/lockerd.device.key "$config"

step 'purging leaves the copies on the other device alone'
dpkg -P lockerd > /tmp/dpkg.log 2>&1 || { cat /tmp/dpkg.log; exit 1; }
for path in /var/lib/lockerd /etc/lockerd /run/lockerd* /etc/credstore*/lockerd.*; do
  [ ! -e "$path" ] || die "$path is still there"
done
! getent passwd lockerd > /dev/null || die 'the user is still there'
ls "$copies"/LOC001/before-*.db
