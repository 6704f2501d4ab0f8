# fish completion of udfplan, as `udfplan completion fish` prints it.
function __udfplan_found
    set -g __udfplan_words (udfplan completion fish --answer=(commandline -cp | string collect) 2>/dev/null)
    test -n "$__udfplan_words[1]"
end
# Where there are no words, fish completes files, as it does for every program.
complete -c udfplan -n __udfplan_found -f -a '(string join -- \n $__udfplan_words)'
