//go:build race

package raw_test

const raced = true
