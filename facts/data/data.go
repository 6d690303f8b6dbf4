// Package data carries the facts that the program ships with: the snapshot that "whowon facts build" makes of the tables
// beside it. SOURCES.md credits where they come from.
//
// It knows nothing of what is in the snapshot: package index reads it.
package data

import _ "embed" // for the snapshot

// Snapshot is the embedded facts, in the layout of package index.
//
//go:embed whowon.facts
var Snapshot string
