package main

import (
	"context"
	"flag"
	"fmt"
	"strings"
)

// The scripts ask the program itself, so that they know every command, flag and question it knows.
var shellScripts = map[string]string{
	"bash": `_whowon() {
	local IFS=$'\n'
	COMPREPLY=($(whowon __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
	[[ ${#COMPREPLY[@]} -gt 0 ]] || compopt -o default
}
complete -F _whowon whowon
`,
	"zsh": `#compdef whowon
_whowon() {
	local -a found
	found=("${(@f)$(whowon __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
	if [[ -n "$found" ]]; then compadd -- "${found[@]}"; else _files; fi
}
compdef _whowon whowon
`,
	"fish": `function __whowon_complete
	set -l words (commandline -opc) (commandline -ct)
	whowon __complete $words[2..-1] 2>/dev/null
end
complete -c whowon -a '(__whowon_complete)'
`,
}

var completionCommand = command{
	name: "completion", args: "bash|zsh|fish",
	short: "print a completion script for your shell",
	long:  "Prints a script that makes Tab complete commands, flags and questions in your shell.",
	examples: []string{
		"whowon completion bash > ~/.local/share/bash-completion/completions/whowon",
		"whowon completion zsh > \"${fpath[1]}/_whowon\"",
		"whowon completion fish > ~/.config/fish/completions/whowon.fish",
	},
	setup: func(*flag.FlagSet) runner {
		return func(_ context.Context, e env, words []string) error {
			if len(words) != 1 || shellScripts[words[0]] == "" {
				return usagef("completion needs one of: bash, zsh, fish")
			}
			_, err := fmt.Fprint(e.stdout, shellScripts[words[0]])
			return err
		}
	},
}

// completeWords prints what the last of words may become, one a line.
func completeWords(e env, words []string) error {
	if len(words) == 0 {
		words = []string{""}
	}
	last := words[len(words)-1]
	for _, p := range proposals(e, words) {
		if strings.HasPrefix(strings.ToLower(p), strings.ToLower(last)) {
			fmt.Fprintln(e.stdout, p)
		}
	}
	return nil
}

func proposals(e env, words []string) []string {
	var ps []string
	last := words[len(words)-1]
	for _, c := range commands() {
		first, second, two := strings.Cut(c.name, " ")
		switch {
		case len(words) == 1:
			if len(ps) == 0 || ps[len(ps)-1] != first {
				ps = append(ps, first)
			}
		case words[0] != first || two && len(words) > 2 && words[1] != second:
		case two && len(words) == 2:
			ps = append(ps, second)
		case strings.HasPrefix(last, "-"):
			fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
			c.setup(fs)
			fs.VisitAll(func(f *flag.Flag) { ps = append(ps, "--"+f.Name) })
		case c.name == completionCommand.name:
			ps = append(ps, "bash", "zsh", "fish")
		case c.name == askCommand.name:
			ps = append(ps, nextWords(e, words[1:])...)
		}
	}
	return ps
}

// nextWords are the words that can stand in the place of the last one in a question.
func nextWords(e env, words []string) []string {
	corpus, err := loadFacts(e, "")
	if err != nil {
		return nil
	}
	var question []string
	for _, w := range words {
		if !strings.HasPrefix(w, "-") {
			question = append(question, w)
		}
	}
	if len(question) == 0 {
		return nil
	}
	before := len(question) - 1
	known := map[string]bool{}
	var next []string
	for _, c := range corpus.Complete(strings.Join(question, " "), 20) {
		fields := strings.Fields(c.Text)
		if len(fields) > before && !known[fields[before]] &&
			strings.EqualFold(strings.Join(fields[:before], " "), strings.Join(question[:before], " ")) {
			known[fields[before]] = true
			next = append(next, fields[before])
		}
	}
	return next
}
