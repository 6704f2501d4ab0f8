# fish completion of udfplan, as `udfplan completion fish` prints it.
function __udfplan_complete
    set -l found (udfplan completion fish --answer=(commandline -cp | string collect) 2>/dev/null)
    if test -n "$found[1]"
        string join -- \n $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c udfplan -f -a '(__udfplan_complete)'
