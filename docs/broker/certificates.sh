#!/bin/sh
# certificates.sh FOLDER BROKER CLIENT...: an authority of its own, the broker's certificate, and one
# for each client, whose common name is the kiosk's id. What exists already stays.
set -eu
folder=$1 broker=$2
shift 2
mkdir -p "$folder"
cd "$folder"
umask 077

new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null; }

if [ ! -e ca.key ]; then
  new_key ca.key
  openssl req -x509 -new -key ca.key -days 3650 -subj "/CN=lockerd authority" -out ca.crt
fi

certify() { # NAME EXTENSIONS
  [ ! -e "$1.crt" ] || return 0
  new_key "$1.key"
  openssl req -new -key "$1.key" -subj "/CN=$3" -out "$1.csr"
  printf '%s\n' "$2" >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 825 \
    -extfile "$1.ext" -out "$1.crt" 2>/dev/null
  rm "$1.csr" "$1.ext"
}

certify broker "subjectAltName=DNS:$broker
extendedKeyUsage=serverAuth" "$broker"
for client in "$@"; do
  certify "$client" "extendedKeyUsage=clientAuth" "$client"
done
