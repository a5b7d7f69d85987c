#!/bin/sh
# Makes artifacts/functions, the folder that is deployed and that 'func start' runs in. Use Linux, macOS or WSL: a zip made on Windows
# loses the executable bit.
set -eu
cd "$(dirname "$0")/../.."
out=artifacts/functions
rm -rf "$out"
dotnet publish src/StackHub.Functions/StackHub.Functions.csproj -c Release -r "${STACKHUB_RID:-linux-x64}" --self-contained \
  -p:PublishReadyToRun=true -o "$out"
config=${STACKHUB_CONFIG_FILE:-stackhub.yaml}
if [ -f "$config" ]; then
  cp "$config" "$out/stackhub.yaml"
else
  echo "There is no $config to deploy. Begin one with 'stackhub config sample > stackhub.yaml'." >&2
  exit 1
fi
