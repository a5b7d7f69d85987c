#!/usr/bin/env bash
# Installs what the tests need, builds, runs every test project, and ends with "N passed, N failed, N skipped".
#   bash tests/run.sh            everything, in the short forms
#   STACKHUB_LONG=1 bash tests/run.sh   with the long soak, crash and scale runs
#   bash tests/run.sh Sync       only test classes whose full name contains "Sync"
set -u
cd "$(dirname "$0")/.."
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

command -v dotnet >/dev/null || { echo "The .NET 10 SDK is needed (dotnet is not on the PATH)."; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
# Azure Storage's emulator. Without it its tests skip and say so; in CI they fail.
azurite=tests/azurite
if ! [ "$azurite/node_modules/.package-lock.json" -nt "$azurite/package-lock.json" ]; then
  (cd "$azurite" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || echo "Azurite could not be installed (npm ci in $azurite)."
fi

# A browser for the tests of the console, and the rules they check its pages by.
if [ "$(id -u)" -eq 0 ] && ! command -v chromium >/dev/null && command -v apt-get >/dev/null; then
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium) >/dev/null 2>&1 || echo "Chromium could not be installed (apt-get install -y chromium)."
fi
axe=tests/axe
if ! [ "$axe/node_modules/.package-lock.json" -nt "$axe/package-lock.json" ]; then
  (cd "$axe" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || echo "axe-core could not be installed (npm ci in $axe)."
fi
# The outside judges: Prism, a SOQL parser, the vendors' own client libraries. Likewise.
judges=tests/StackHub.Conformance.Tests/npm
if ! [ "$judges/node_modules/.package-lock.json" -nt "$judges/package-lock.json" ]; then
  (cd "$judges" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || echo "The outside judges could not be installed (npm ci in $judges)."
fi

if ! dotnet build StackHub.sln -v q; then
  echo "The build failed."
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi

broken=0
run() {
  local name=$1; shift
  timeout -k 10 1500 "tests/$name/bin/Debug/net10.0/$name" -noColor -noLogo -ctrf "$results/$name.json" "$@" > "$results/$name.log" 2>&1
  {
    flock 9
    echo "== $name"
    grep -vE '^ +(Discover|Start|Finish)' "$results/$name.log"
  } 9> "$results/lock"
}

filter=()
[ $# -gt 0 ] && filter=(-class "*$1*")
first=StackHub.EndToEnd.Tests
last=StackHub.Functions.Tests
has() { [ -x "tests/$1/bin/Debug/net10.0/$1" ]; }
has "$first" && run "$first" "${filter[@]}" # with the machine to itself: the stories in it have clocks of their own

# In CI the Functions tests start the executable as it is published; at home the one that was built just now.
publishing=
if [ "${STACKHUB_CI:-}" = 1 ] && [ $# -eq 0 ]; then
  export STACKHUB_FUNCTIONS_APP="$PWD/artifacts/functions-tested"
  # The build has analysed the same sources.
  (
    dotnet publish src/StackHub.Functions -c Release -r linux-x64 --self-contained -v q -p:RunAnalyzers=false -o "$STACKHUB_FUNCTIONS_APP" > "$results/publish.log" 2>&1
    echo $? > "$results/published"
  ) &
  publishing=$!
fi

# The others two at a time, as most of them wait more than they work; the longest first.
names=(StackHub.Connectors.Tests StackHub.Conformance.Tests)
for project in tests/*.Tests; do
  name=$(basename "$project")
  case " $first ${names[*]} $last " in *" $name "*) ;; *) names+=("$name") ;; esac
done
for name in "${names[@]}"; do
  has "$name" || continue
  while [ "$(jobs -rp | grep -vcx "${publishing:-none}")" -ge 2 ]; do wait -n; done
  run "$name" "${filter[@]}" &
done
wait
if [ -n "$publishing" ] && [ "$(cat "$results/published")" != 0 ]; then
  cat "$results/publish.log"
  echo "The Functions app could not be published."
fi
has "$last" && run "$last" "${filter[@]}"

for name in "$first" "${names[@]}" "$last"; do
  has "$name" && [ ! -s "$results/$name.json" ] && { echo "$name did not finish."; broken=$((broken + 1)); }
done

# What failed, once more, where the end of a long log is read first.
grep -hE -A 12 ' \[FAIL\]$' "$results"/*.log | cut -c 1-300

# Counted from the result files themselves.
count() {
  local sum=0 file n
  for file in "$results"/*.json; do
    [ -s "$file" ] || continue
    n=$(tr -d ' \n\r' < "$file" | grep -oE "\"summary\":\{[^}]*\}" | head -n 1 | grep -oE "\"$1\":[0-9]+" | head -n 1 | grep -oE '[0-9]+$')
    sum=$((sum + ${n:-0}))
  done
  echo "$sum"; }
passed=$(count passed)
failed=$(( $(count failed) + broken ))
skipped=$(( $(count skipped) + $(count pending) ))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
