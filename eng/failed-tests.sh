#!/usr/bin/env bash
# The names of failed tests with the first lines of what went wrong, from logs of `dotnet test` and of tests/browser/run.
# CI prints it last, so that the end of its log explains itself.
set -euo pipefail
cat "$@" | awk '
  function end_of_tap() { tap = 0; lines = 0 }
  /^failed / { print; lines = 5; tap = 0; next }
  /^not ok [0-9]+ / { sub(/^not ok [0-9]+ (- )?/, ""); print "failed in the browser: " $0; lines = 8; tap = 1; next }
  /^FAILED: / { sub(/^FAILED: /, ""); print "failed: " $0; end_of_tap(); next }
  /^(passed|skipped|ok) / || /^Test run / || (tap && /^(#|  \.\.\.)/) { end_of_tap(); next }
  /\.dll \(.*\) (failed|timed out|exited|crashed|canceled)/ || /error CS[0-9]+/ { print; lines = 1; next }
  tap && /^  (---|duration_ms:|failureType:|type:|error: \|-)/ { next }
  tap && /^  (code|name|stack):/ { end_of_tap(); next }
  lines > 0 && !/^ *from \// && !/^ *$/ { print "    " substr($0, 1, 300); lines-- }
' | head -n 80
