// Package pack reads and writes question packs: our own YAML and CSV, and the formats that question banks come in.
// Whatever is wrong with a file is said with its line and how to mend it; what would take the machine down (archives
// that unpack to gigabytes, texts nested a thousand deep) is refused before it is unpacked.
//
// It does not know rounds, stores or platforms, nor how a typed answer is judged.
package pack

import (
	"github.com/whowon-bot/whowon/trivia"
)

// Pack is a set of questions and what is known about it. Texts are one line each, without control characters.
type Pack struct {
	Name        string // what people call it
	Description string
	Language    string // a BCP 47 tag, as in "en"
	Licence     string // as in "CC BY-SA 4.0"
	Author      string
	Source      string // where it comes from: a link or a name

	File      string // what it was read from, for messages
	Format    Format // how it was written there
	Questions []trivia.Question
	Lines     []int // the line of each question in File; empty when the questions were not read from one
}

// Slug is the name as it stands in the IDs of the pack's questions.
func (p *Pack) Slug() string { return slugOr(p.Name, "pack") }

// aboutKey is one of the texts about a pack, by its key in our YAML.
type aboutKey struct {
	key   string
	value *string
}

// about lists the texts about the pack in the order in which they are written.
func (p *Pack) about() []aboutKey {
	return []aboutKey{{"name", &p.Name}, {"description", &p.Description}, {"language", &p.Language},
		{"licence", &p.Licence}, {"author", &p.Author}, {"source", &p.Source}}
}

// Format is how a pack is written down.
type Format string

// The formats. Read reads all of them, and finds which it is; Writes lists those that Write writes.
const (
	YAML      Format = "yaml"      // ours, docs/packs.md
	CSV       Format = "csv"       // ours, as a table (.csv, .xlsx)
	Red       Format = "red"       // trivia lists of Red-DiscordBot (.yaml)
	LakeYS    Format = "lakeys"    // TriviaBot by LakeYS (.yml)
	OpenTDB   Format = "opentdb"   // Open Trivia Database (.json)
	OpenQA    Format = "opentqa"   // OpenTriviaQA (no extension)
	GIFT      Format = "gift"      // Moodle (.txt)
	Aiken     Format = "aiken"     // Moodle (.txt)
	Kahoot    Format = "kahoot"    // spreadsheet (.xlsx, .csv)
	Wayground Format = "wayground" // spreadsheet, once called Quizizz (.xlsx, .csv)
	Blooket   Format = "blooket"   // spreadsheet (.csv)
	Gimkit    Format = "gimkit"    // spreadsheet (.csv)
)

// Formats lists all that can be read.
func Formats() []Format {
	return []Format{YAML, CSV, Red, LakeYS, OpenTDB, OpenQA, GIFT, Aiken, Kahoot, Wayground, Blooket, Gimkit}
}

// ParseFormat reads the name of a format: "quizizz" is Wayground, and "" is any.
func ParseFormat(s string) (Format, bool) {
	if s == "quizizz" {
		return Wayground, true
	}
	for _, f := range Formats() {
		if s == string(f) {
			return f, true
		}
	}
	return "", s == ""
}

// Limits on what is read. They are far above any pack that people play.
const (
	MaxPacked   = 10 << 20 // bytes of a file as it is given
	MaxUnpacked = 50 << 20 // bytes of all that an archive holds
	MaxRatio    = 100      // unpacked to packed bytes of an archive
	MaxRows     = 100_000  // questions of a file, and rows of a table

	maxEntries   = 1000 // files in an archive or folder
	maxFaults    = 2000 // after these reading ends
	maxText      = 1000 // runes of a question
	maxAnswer    = 200  // runes of an answer: no more is read of what players type
	maxNote      = 500  // runes of a note
	maxAnswers   = 100  // right answers of one question
	maxWrong     = 24   // wrong options of one question: with the right one, what one message can hold as buttons
	ratioFrom    = 1 << 20
	maxColumns   = 64
	headerWithin = 40 // rows in which the header of a table is looked for
)
