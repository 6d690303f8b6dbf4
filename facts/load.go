package facts

import (
	"fmt"
	"io/fs"
	"time"

	"github.com/whowon-bot/whowon/facts/data"
	"github.com/whowon-bot/whowon/facts/index"
	"github.com/whowon-bot/whowon/facts/table"
)

// Load opens the embedded facts, with the tables of each overlay laid over them in order. Without overlays it costs well
// under a millisecond; with them the facts are laid out anew. A fault in an overlay is an error with file and line, and
// there is no corpus.
func Load(overlays ...fs.FS) (*Corpus, error) {
	c, err := open(data.Snapshot)
	if err != nil || len(overlays) == 0 {
		return c, err
	}
	set, err := c.db.Set()
	if err != nil {
		return nil, fmt.Errorf("reading the embedded facts: %w", err)
	}
	for _, o := range overlays {
		if set, _, err = table.Overlay(set, o, time.Now()); err != nil {
			return nil, err
		}
	}
	return FromSet(set)
}

// FromSet makes a corpus of tables.
func FromSet(set *table.Set) (*Corpus, error) {
	snapshot, err := Compile(set)
	if err != nil {
		return nil, err
	}
	return open(string(snapshot))
}

// Compile lays tables out as the snapshot that is embedded in the program. The same tables give the same bytes.
func Compile(set *table.Set) ([]byte, error) { return index.Build(set, vocabulary()) }

// Set gives back the tables behind the corpus, with the file and line of every row.
func (c *Corpus) Set() (*table.Set, error) { return c.db.Set() }
