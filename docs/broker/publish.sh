#!/bin/sh
# publish.sh TOPIC PAYLOAD KEY SECONDS: signs with OpenSSL and sends as `operator`. It wants HOST and
# PORT of the broker and CERTS, the folder of certificates.sh; KEY is a private key, PEM.
set -eu
topic=$1 payload=$2 key=$3 seconds=$4

# Ed25519 over the topic, a zero byte and the payload.
signed=$(mktemp)
printf '%s\000%s' "$topic" "$payload" >"$signed"
sig=$(openssl pkeyutl -sign -rawin -inkey "$key" -in "$signed" | base64 -w0)
kid=$(openssl pkey -in "$key" -pubout -outform DER | sha256sum | cut -c1-16)
rm "$signed"

mosquitto_pub -V 5 -h "$HOST" -p "$PORT" -q 1 -t "$topic" -m "$payload" \
  --cafile "$CERTS/ca.crt" --cert "$CERTS/operator.crt" --key "$CERTS/operator.key" \
  -D publish user-property kid "$kid" -D publish user-property sig "$sig" \
  -D publish message-expiry-interval "$seconds"
