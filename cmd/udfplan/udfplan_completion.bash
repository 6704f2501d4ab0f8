# bash completion of udfplan, as `udfplan completion bash` prints it.
_udfplan() {
  local line=${COMP_LINE:0:COMP_POINT} word
  word=${line##*[[:space:]]}
  mapfile -t COMPREPLY < <(udfplan completion bash --answer="$line" 2>/dev/null)
  # What stands before an equals sign or a colon is a word of its own to bash: it is there already.
  if [[ $word == *[=:]* && $COMP_WORDBREAKS == *=* ]]; then
    COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*[=:]}"}"}")
  fi
}
complete -o bashdefault -o default -F _udfplan udfplan
