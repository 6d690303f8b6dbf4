// Command empty prints a line: what a Go process costs that does nothing.
package main

import "os"

func main() { os.Stdout.WriteString("nothing\n") }
