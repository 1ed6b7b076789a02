#!/usr/bin/env bash
# Writes the tables of docs/ that are made from the source, such as that of log events. The convention tests tell when it is due.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/Integrations.ConventionTests --nologo -v quiet -clp:NoSummary
INTEGRATIONS_UPDATE_DOCS=1 dotnet test --no-build --project tests/Integrations.ConventionTests -- --filter-class "*.LogEventTests"
