#!/bin/sh
# send.sh KIOSK TYPE DATA [SESSION]: signs a command, sends it and prints its id. It wants HOST and
# PORT of the broker, CERTS (the folder of certificates.sh) and KEY (the command key, PEM).
set -eu
kiosk=$1 type=$2 data=$3 session=${4:-}
topic=lockerd/v1/$kiosk/dn/cmd/$type
at() { date -u -d "$1" +%Y-%m-%dT%H:%M:%S.%3NZ; }

# A UUID of version 7: 48 bits of time, the rest by chance.
time=$(printf %012x "$(date +%s%3N)")
chance=$(openssl rand -hex 10)
id=$(printf %s "$time" | cut -c1-8)-$(printf %s "$time" | cut -c9-12)-7$(printf %s "$chance" |
  cut -c1-3)-8$(printf %s "$chance" | cut -c4-6)-$(printf %s "$chance" | cut -c7-18)

payload=$(printf '{"v":1,"id":"%s","t":"%s","k":"%s","ts":"%s","exp":"%s",%s"d":%s}' \
  "$id" "$type" "$kiosk" "$(at now)" "$(at '+25 seconds')" \
  "${session:+\"sess\":\"$session\",}" "$data")

# Ed25519 over the topic, a zero byte and the payload.
signed=$(mktemp)
printf '%s\000%s' "$topic" "$payload" >"$signed"
sig=$(openssl pkeyutl -sign -rawin -inkey "$KEY" -in "$signed" | base64 -w0)
kid=$(openssl pkey -in "$KEY" -pubout -outform DER | sha256sum | cut -c1-16)
rm "$signed"

mosquitto_pub -V 5 -h "$HOST" -p "$PORT" -q 1 -t "$topic" -m "$payload" \
  --cafile "$CERTS/ca.crt" --cert "$CERTS/operator.crt" --key "$CERTS/operator.key" \
  -D publish user-property kid "$kid" -D publish user-property sig "$sig" \
  -D publish message-expiry-interval 30
echo "$id"
