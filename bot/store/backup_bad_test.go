package store_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// linesOf are those of a backup.
func linesOf(t *testing.T, data []byte) []string {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(zip)
	if err != nil {
		t.Fatal(err)
	}
	all := strings.SplitAfter(string(plain), "\n")
	return all[:len(all)-1]
}

// packedAs is a backup of lines, with the checksum that they need, where the last is a mark to be made.
func packedAs(lines []string, last string) []byte {
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	text := strings.Join(lines, "")
	sum := sha256.Sum256([]byte(text))
	io.WriteString(zip, text+strings.ReplaceAll(last, "SUM", hex.EncodeToString(sum[:])))
	zip.Close()
	return b.Bytes()
}

// zeros reads as a line without an end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '0'
	}
	return len(p), nil
}

// bomb is a backup that begins as one, and grows to n bytes of what r gives.
func bomb(t *testing.T, head string, r io.Reader, n int64) []byte {
	t.Helper()
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	io.WriteString(zip, head)
	if _, err := io.CopyN(zip, r, n); err != nil {
		t.Fatal(err)
	}
	zip.Close()
	return b.Bytes()
}

// TestBadBackupsAreRefused writes nothing of what is not as whowon writes it.
func TestBadBackupsAreRefused(t *testing.T) {
	slow(t)
	// One that has been opened is there for all: nothing is ever written to it.
	opened := storetest.SQLite(t)
	open(t, opened)
	servers := []string{opened}
	if os.Getenv(storetest.Env) != "" {
		servers = append(servers, storetest.Postgres(t))
	}
	from := storetest.SQLite(t)
	fillAll(t, open(t, from))
	good, _ := backup(t, from)
	all := linesOf(t, good)
	body, last := all[:len(all)-1], strings.Replace(all[len(all)-1], sumOf(all[len(all)-1]), "SUM", 1)
	if !bytes.Equal([]byte(strings.Join(linesOf(t, packedAs(body, last)), "")), []byte(strings.Join(all, ""))) {
		t.Fatal("the test's own backup is another")
	}
	swap := func(old, now string) []byte {
		text := strings.Join(body, "")
		if !strings.Contains(text, old) {
			t.Fatalf("%q is not in a backup:\n%s", old, text)
		}
		return packedAs([]string{strings.Replace(text, old, now, 1)}, last)
	}
	flipped := bytes.Clone(good)
	flipped[len(flipped)/2] ^= 0x10
	players := slices.IndexFunc(body, func(l string) bool { return strings.Contains(l, `"table":"players"`) })
	head := body[0]
	for name, tt := range map[string]struct {
		data []byte
		want string
	}{
		"empty":            {nil, "not a backup of whowon"},
		"text":             {[]byte("hello, this is no backup\n"), "not a backup of whowon"},
		"another gzip":     {packedAs([]string{"{\"a\":1}\n"}, ""), "not a backup of whowon"},
		"cut":              {good[:len(good)-20], "is not whole"},
		"cut in the midst": {good[:len(good)/2], "is not whole"},
		"no end":           {packedAs(body, ""), "is not whole"},
		"a bit":            {flipped, ""},
		"a value":          {[]byte(nil), ""},
		"after the end":    {packedAs(body, last+"[]\n"), "there is more"},
		"more gzip":        {append(bytes.Clone(good), good...), "there is more"},
		"garbage behind":   {append(bytes.Clone(good), "garbage that is no end"...), "take another"},
		"newer format":     {swap(`"whowon_backup":1`, `"whowon_backup":2`), "newer whowon"},
		"newer schema":     {swap(`"schema":`, `"schema":9`), "restore it with the whowon that made it"},
		"no schema":        {swap(`"schema":`, `"schema":-`), "schema version -"},
		"a foreign field":  {swap(`"schema":`, `"x":1,"schema":`), "not a backup"},
		"unknown table":    {swap(`"table":"players"`, `"table":"sqlite_schema"`), "sqlite_schema"},
		"left out table":   {swap(`"table":"players"`, `"table":"leases"`), "leases"},
		"injection":        {swap(`"columns":["platform","player"`, `"columns":["platform","player) SELECT 1 --"`), "not in the schema"},
		"twice a column":   {swap(`"columns":["platform","player"`, `"columns":["platform","platform"`), "not in the schema"},
		"text for number":  {swap(`["discord","ben",1]`, `["discord","ben","1"]`), "another type"},
		"number for text":  {swap(`["discord","ben",1]`, `["discord",7,1]`), "another type"},
		"null":             {swap(`["discord","ben",1]`, `["discord","ben",null]`), ""},
		"fraction":         {swap(`["discord","ben",1]`, `["discord","ben",1.5]`), "no whole number"},
		"giant number":     {swap(`["discord","ben",1]`, `["discord","ben",99999999999999999999]`), "no whole number"},
		"nested":           {swap(`["discord","ben",1]`, `["discord","ben",[[1]]]`), "neither text nor number"},
		"deep":             {swap(`["discord","ben",1]`, strings.Repeat("[", 20_000)), "no row"},
		"short row":        {swap(`["discord","ben",1]`, `["discord","ben"]`), "2 values"},
		"two rows":         {swap(`["discord","ben",1]`, `["discord","ben",1] ["discord","ben",2]`), "no row"},
		"duplicate":        {packedAs(slices.Insert(slices.Clone(body), players+1, body[players+1]), strings.Replace(last, `"players":1`, `"players":2`, 1)), ""},
		"wrong count":      {packedAs(body, strings.Replace(last, `"players":1`, `"players":2`, 1)), "does not hold the rows"},
		"row removed":      {packedAs(slices.Delete(slices.Clone(body), players+1, players+2), last), "does not hold the rows"},
		"row first":        {packedAs(slices.Insert(slices.Clone(body), 1, body[players+1]), last), "of no table"},
		"rows of another":  {packedAs(append(slices.Clone(body), body[players+1]), last), ""},
		"table twice":      {packedAs(append(slices.Clone(body), body[players]), last), "players"},
		"table lacks": {packedAs(slices.Delete(slices.Clone(body), players, players+2), strings.Replace(last, `"players":1,`, ``, 1)),
			"lacks the table players"},
		"header twice":       {packedAs(slices.Insert(slices.Clone(body), 1, head), last), "not what whowon has written"},
		"a line without end": {bomb(t, head, zeros{}, 9<<20), "longer than"},
		"a bomb":             {bomb(t, head+body[players], strings.NewReader(strings.Repeat(`["discord","`+strings.Repeat("b", 4000)+`",1]`+"\n", 6000)), 20<<20), "grows without end"},
	} {
		if name == "a value" {
			changed := slices.Clone(all)
			changed[players+1] = strings.Replace(changed[players+1], "ben", "eve", 1)
			tt.data, tt.want = packedAs(changed, ""), "checksum"
		}
		t.Run(name, func(t *testing.T) {
			file := storetest.SQLite(t)
			for _, to := range append(servers, file) {
				_, err := store.Restore(t.Context(), to, bytes.NewReader(tt.data), store.RestoreOptions{})
				if err == nil || !strings.Contains(err.Error(), tt.want) {
					t.Errorf("%v; want %q", err, tt.want)
				}
			}
			if left, _ := filepath.Glob(strings.TrimPrefix(file, "sqlite:") + "*"); len(left) > 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
	for _, to := range servers {
		open(t, to)
		for table, rows := range contents(t, to) {
			if len(rows) > 0 {
				t.Errorf("written to %s: %q", table, rows)
			}
		}
	}
}

// sumOf is the checksum in the last line of a backup.
func sumOf(line string) string {
	_, sum, _ := strings.Cut(line, `"sha256":"`)
	sum, _, _ = strings.Cut(sum, `"`)
	return sum
}

func FuzzBackup(f *testing.F) {
	f.Add([]byte(`{"whowon_backup":1,"schema":1}` + "\n" + `{"table":"players","columns":["a"]}` + "\n" + `["x"]` + "\n"))
	f.Add([]byte(`{"whowon_backup":1,"schema":1}` + "\n[]\n{}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, err := store.CheckBackup(bytes.NewReader(packedAs([]string{string(text)}, ""))); err == nil && !bytes.Contains(text, []byte("sha256")) {
			t.Error("taken without a checksum")
		}
	})
}
