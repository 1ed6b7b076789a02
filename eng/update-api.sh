#!/usr/bin/env bash
# Writes every public symbol that is not recorded yet into PublicAPI.Unshipped.txt of its project, and drops those that are gone.
set -euo pipefail
cd "$(dirname "$0")/.."
for project in ${*:-src/*/}; do
  project=${project%/}
  [ -f "$project/PublicAPI.Shipped.txt" ] || printf '#nullable enable\n' > "$project/PublicAPI.Shipped.txt"
  printf '#nullable enable\n' > "$project/PublicAPI.Unshipped.txt"
  symbols=$(dotnet build "$project" --nologo --no-incremental --no-dependencies -v quiet -p:TreatWarningsAsErrors=false -clp:NoSummary 2>&1 \
    | grep -oE "RS0016: Symbol '.*' is not part of the declared" | sed -E "s/^RS0016: Symbol '//; s/' is not part of the declared$//" | LC_ALL=C sort -u || true)
  [ -z "$symbols" ] || printf '%s\n' "$symbols" >> "$project/PublicAPI.Unshipped.txt"
  echo "$project: $(($(wc -l < "$project/PublicAPI.Unshipped.txt") - 1)) symbols to ship"
done
