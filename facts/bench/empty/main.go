// Command empty prints a line: what a Go process costs that does nothing.
package main

import "fmt"

func main() { fmt.Println("nothing") }
