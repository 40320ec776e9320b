#!/usr/bin/env bash
# What action.yml runs. Inputs come in the environment and never become code: one that holds $(…) is an odd file name.
# Of bash only what 3.2 has, as macOS brings no other.
set -euo pipefail

output() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }

annotate() {
  local text=$1
  text=${text//'%'/%25}
  text=${text//$'\r'/%0D}
  printf '::error title=pgconflint::%s\n' "${text//$'\n'/%0A}"
}

# A mistake in the workflow.
refuse() {
  annotate "$1"
  output exit-code 2
  exit 2
}

true_or_false() {
  case $2 in
    true | false) ;;
    *) refuse "$1: \"$2\" is neither true nor false" ;;
  esac
}

# A name that starts with a dash is no option.
as_path() {
  case $1 in
    -*) printf './%s' "$1" ;;
    *) printf '%s' "$1" ;;
  esac
}

true_or_false annotations "$INPUT_ANNOTATIONS"
true_or_false upload-sarif "$INPUT_UPLOAD_SARIF"
command -v node >/dev/null || refuse "there is no Node.js here; put actions/setup-node before pgconflint"
node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)' ||
  refuse "Node.js $(node --version) is too old for pgconflint; put actions/setup-node with 20.19 or later before it"

work=$(mktemp -d "${RUNNER_TEMP//\\//}/pgconflint.XXXXXX")
program=$GITHUB_ACTION_PATH/bin/pgconflint.js
echo "::group::Install pgconflint"
if [ -n "$INPUT_VERSION" ]; then
  [[ $INPUT_VERSION =~ ^[0-9A-Za-z][0-9A-Za-z.-]*$ ]] || refuse "version: \"$INPUT_VERSION\" is no release such as 0.1.0"
  # Not in the workspace, whose .npmrc may come from a pull request.
  (cd "$work" && npm install --prefix "$work" --no-audit --no-fund --ignore-scripts "pgconflint@$INPUT_VERSION") ||
    refuse "pgconflint $INPUT_VERSION cannot be installed; the log says why"
  program=$work/node_modules/pgconflint/bin/pgconflint.js
elif [ ! -f "$GITHUB_ACTION_PATH/dist/cli.cjs" ]; then
  (cd "$GITHUB_ACTION_PATH" && npm ci --no-audit --no-fund --ignore-scripts && node scripts/build.mjs) ||
    refuse "pgconflint cannot be built; the log says why"
fi
echo "::endgroup::"

directory=$(as_path "$INPUT_WORKING_DIRECTORY")
[ -d "$directory" ] || refuse "working-directory: $directory is no directory"
cd "$directory"
sarif=${INPUT_SARIF_FILE:-$work/pgconflint.sarif}
case $sarif in
  *$'\n'*) refuse "sarif-file: a name of several lines" ;;
  /* | [A-Za-z]:[/\\]*) ;;
  # Windows has to be asked for a path as its own programs know it.
  *) sarif=$(pwd -W 2>/dev/null || pwd)/$sarif ;;
esac

command=(check --color --format pretty --format "github=$work/annotations" --format "markdown=$work/summary.md")
command+=(--format "json=$work/report.json" --format "sarif=$sarif")
option() { if [ -n "$2" ]; then command+=("--$1=$2"); fi; }
option config "$INPUT_CONFIG"
option fail-on "$INPUT_FAIL_ON"
option profile "$INPUT_PROFILE"
option postgres "$INPUT_POSTGRES"
option pgbouncer "$INPUT_PGBOUNCER"
if [[ $INPUT_ARGS =~ [^[:space:]] ]]; then
  # xargs knows quotes, and expands nothing.
  words=$(xargs printf '%s\n' <<<"$INPUT_ARGS") || refuse "args: a quote is not closed"
  while IFS= read -r word; do command+=("$word"); done <<<"$words"
fi
count=${#command[@]}
while IFS= read -r path; do
  path=${path%$'\r'}
  if [ -n "$path" ]; then command+=("$(as_path "$path")"); fi
done <<<"$INPUT_PATHS"
[ "${#command[@]}" -gt "$count" ] || command+=(.)

# The report quotes files, and the runner obeys what looks like a command of its own: it has to stop for so long.
token=$(node -p 'require("node:crypto").randomUUID()')
code=0
echo "::stop-commands::$token"
node "$program" "${command[@]}" 2>"$work/errors" || code=$?
cat "$work/errors"
echo "::$token::"

output exit-code "$code"
if [ "$code" -gt 1 ]; then
  annotate "$(cat "$work/errors")"
  exit 0
fi
if [ "$INPUT_ANNOTATIONS" = true ]; then cat "$work/annotations"; fi
cat "$work/summary.md" >>"$GITHUB_STEP_SUMMARY"
output sarif-file "$sarif"
node -p 'const { error, warning } = JSON.parse(fs.readFileSync(process.argv[1])).summary; "errors=" + error + "\nwarnings=" + warning' \
  "$work/report.json" >>"$GITHUB_OUTPUT"
