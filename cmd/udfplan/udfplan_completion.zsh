#compdef udfplan
# zsh completion of udfplan, as `udfplan completion zsh` prints it.
_udfplan() {
  local -a found
  found=("${(@f)$(udfplan completion zsh --answer="${(j: :)words[1,CURRENT-1]} $PREFIX" 2>/dev/null)}")
  if [[ -n $found[1] ]]; then
    compadd -- $found
  else
    _files || { compset -P '*=' && _files } # behind --flag= and FORMAT= too
  fi
}
if [[ $funcstack[1] == _udfplan ]]; then
  _udfplan
else
  compdef _udfplan udfplan
fi
