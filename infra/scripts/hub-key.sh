#!/bin/sh
# Makes the hub's key once, in the vault (azd runs this after provisioning). Losing it loses what is sealed with it: queued webhooks,
# the vendors' tokens, API keys.
set -eu
: "${STACKHUB_VAULT_NAME:?is set by azd after provisioning}" "${STACKHUB_APP:?}" "${AZURE_RESOURCE_GROUP:?}"
name=stackhub-key

tries=0
until answer=$(az keyvault secret show --vault-name "$STACKHUB_VAULT_NAME" --name "$name" --query id --output tsv 2>&1); do
  tries=$((tries + 1))
  case "$answer" in
    *SecretNotFound*)
      break ;;
    *Forbidden*)
      # A new role needs some minutes to be known everywhere.
      [ "$tries" -lt 20 ] || { echo "You may not read the vault: have the role Key Vault Secrets Officer given to you." >&2; exit 1; }
      sleep 15 ;;
    *)
      # Not asked is not "not there": a key that may be there must not be replaced.
      echo "The vault could not be asked: $answer" >&2
      exit 1 ;;
  esac
done
case "$answer" in
  https://*)
    echo "The hub's key is there."
    exit 0 ;;
esac

half=$(mktemp)
trap 'rm -f "$half"' EXIT
head -c 32 /dev/urandom | base64 | tr -d '\n' > "$half"
az keyvault secret set --vault-name "$STACKHUB_VAULT_NAME" --name "$name" --file "$half" --encoding utf-8 --output none
# The app asked for it before it was there, and would not ask again for a day.
app=$(az functionapp show --resource-group "$AZURE_RESOURCE_GROUP" --name "$STACKHUB_APP" --query id --output tsv)
az rest --method post --url "$app/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none
echo "The hub's key was made."
