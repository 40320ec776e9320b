# What zsh completes: zsh -f complete.zsh SCRIPT LINE, one word a line. Completion needs an interactive shell, so that
# there is one behind a terminal, whose compadd writes down what it is given.
zmodload zsh/zpty
script=$1 line=$2 found=$(mktemp) inner=$(mktemp)
cat > $inner <<INNER
unset ZDOTDIR
autoload -Uz compinit && compinit -u
source ${(q)script}
compadd() {
  local -a matches
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "\$@"; return; fi
  builtin compadd -A matches "\$@"
  print -rl -- \$matches >> $found
  builtin compadd "\$@"
}
finish() { print '#' >> $found }
zle -N finish
bindkey '^X' finish
bindkey '^I' complete-word
setopt no_auto_menu no_list_beep
INNER
zpty shell "HISTFILE= zsh -f -i"
zpty -w shell "source $inner; print ready"
zpty -r -m shell seen '*ready*ready*'
zpty -n -w shell "$line"$'\t\x18'
for ((tries = 0; tries < 100; tries++)); do
  grep -q '^#' $found && break
  sleep 0.1
  zpty -r -t shell seen
done
grep -v -e '^#' -e '^$' $found | sort -u
zpty -d shell
rm -f $found $inner
