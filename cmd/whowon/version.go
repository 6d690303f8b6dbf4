package main

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is set by release builds: -ldflags "-X main.version=1.2.3".
var version string

var versionCommand = command{
	name: "version", short: "print the version and the date the data reaches",
	long:     "Prints the program's version and the last date that the facts reach.",
	examples: []string{"whowon version"},
	setup: func(fs *flag.FlagSet) runner {
		file := fs.String("config", "", "configuration `FILE`")
		return func(_ context.Context, e env, _ []string) error {
			corpus, err := loadFacts(e, *file)
			if err != nil {
				return err
			}
			fmt.Fprintf(e.stdout, "whowon %s (%s %s/%s)\ndata to %s\n",
				programVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH, corpus.DataTo())
			return nil
		}
	},
}

func programVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "(development)"
}
