package store

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// holds finds a JSON text in which a user, $3 as a JSON string, appears: on both engines, and exact in upper and lower
// case, which LIKE is not.
func holds(column string) string { return "REPLACE(" + column + ", $3, '') <> " + column }

// quoted is a user's ID as it stands in JSON.
func quoted(user bot.UserID) string {
	b, err := json.Marshal(clean(string(user)))
	if err != nil {
		return `"` + string(user) + `"` // a string has no way to fail
	}
	return string(b)
}

// selection is some columns of some rows of a table.
type selection struct{ table, columns, where string }

// ofUser are the rows that are about a user: $1 is the platform, $2 the user, $3 the user in JSON. What rounds and
// effects say of other players is not the user's.
func ofUser() []selection {
	return []selection{
		{"players", "*", "platform = $1 AND player = $2"},
		{"scores", "*", "platform = $1 AND player = $2"},
		{"attempts", "*", "platform = $1 AND player = $2"},
		{"appeals", "*", "platform = $1 AND player = $2"},
		{"appeals", "id, platform, guild, channel, state, decided_by, decided_at",
			"platform = $1 AND decided_by = $2 AND player <> $2"},
		{"aliases", "*", "platform = $1 AND player = $2"},
		{"picks", "*", "platform = $1 AND player = $2"},
		{"rounds", "id, platform, guild, channel, at", "platform = $1 AND $2 <> '' AND " + holds("value")},
		{"effects", "key, platform, guild, channel, kind, state, at", "platform = $1 AND $2 <> '' AND " + holds("payload")},
	}
}

// ofGuild are the rows of a guild: $1 is the platform, $2 the guild.
func ofGuild() []selection {
	var all []selection
	for _, table := range []string{"settings", "aliases", "appeals", "scores", "attempts", "asked", "rounds", "effects",
		"picks", "dailies", "occurrences", "subscriptions"} {
		all = append(all, selection{table, "*", "platform = $1 AND guild = $2"})
	}
	return all
}

// ExportUser writes everything that is kept about a user as lines of JSON, {"table": …, "row": {…}}, and returns how many
// there were. Rounds and effects the user appears in are named; what they hold is in the scores and attempts. Of an appeal
// of somebody else that the user decided, the decision is told.
func (s *Store) ExportUser(ctx context.Context, platform string, user bot.UserID, w io.Writer) (bot.Counts, error) {
	return s.export(ctx, "exporting a user", w, ofUser(), platform, user, quoted(user))
}

// ExportGuild writes everything that is kept of a guild, as ExportUser does.
func (s *Store) ExportGuild(ctx context.Context, g bot.Guild, w io.Writer) (bot.Counts, error) {
	return s.export(ctx, "exporting guild "+g.ID, w, ofGuild(), g.Platform, g.ID)
}

func (s *Store) export(ctx context.Context, doing string, w io.Writer, all []selection, args ...any) (bot.Counts, error) {
	counts := bot.Counts{}
	out := bufio.NewWriter(w)
	for _, sel := range all {
		n, err := s.exportTable(ctx, out, sel, args)
		if err != nil {
			return counts, s.failed(doing+": table "+sel.table, err)
		}
		counts[sel.table] += n
	}
	return counts, s.failed(doing, out.Flush())
}

func (s *Store) exportTable(ctx context.Context, out *bufio.Writer, sel selection, args []any) (n int64, err error) {
	used := args
	if !strings.Contains(sel.where, "$3") { // PostgreSQL does not take what is not used
		used = args[:2]
	}
	rows, err := s.reader().QueryContext(ctx, "SELECT "+sel.columns+" FROM "+sel.table+" WHERE "+sel.where, values(used)...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	row := make([]any, len(columns))
	ptr := make([]any, len(columns))
	for i := range row {
		ptr[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(ptr...); err != nil {
			return n, err
		}
		line, err := jsonLine(sel.table, columns, row)
		if err != nil {
			return n, err
		}
		out.Write(line)
		n++
	}
	return n, rows.Err()
}

// jsonLine is a row as a line, its columns in their order.
func jsonLine(table string, columns []string, row []any) ([]byte, error) {
	b := fmt.Appendf(nil, `{"table":%q,"row":{`, table)
	for i, c := range columns {
		v := row[i]
		switch x := v.(type) {
		case []byte:
			v = string(x)
		case int64:
			switch c {
			case "at", "due", "taken", "decided_at", "next", "tried", "closes":
				v = exportTime(x)
			}
		}
		val, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b = append(b, ',')
		}
		b = fmt.Appendf(b, `%q:%s`, c, val)
	}
	return append(b, "}}\n"...), nil
}

func exportTime(us int64) any {
	if us == 0 {
		return nil
	}
	return when(us).Format(time.RFC3339Nano)
}

// DeleteUser removes what is kept about a user: their entries in every ledger, attempts, appeals, answers to daily
// questions, and finished rounds they appear in; aliases they led to stay, without their name. An effect that is not
// confirmed and shows them is given up. It returns the open rounds whose value holds the user's ID as a JSON string: the
// caller removes the user from those.
func (s *Store) DeleteUser(ctx context.Context, platform string, user bot.UserID) (bot.Counts, []bot.StoredRound, error) {
	const doing = "deleting a user"
	if user == "" {
		return nil, nil, s.failed(doing, fmt.Errorf("%w: no user is named", bot.ErrNotFound))
	}
	q := quoted(user)
	const who = "platform = $1 AND player = $2"
	counts, err := s.count(ctx, doing, []change{
		{"players", do("DELETE FROM players WHERE "+who, platform, user)},
		{"scores", do("DELETE FROM scores WHERE "+who, platform, user)},
		{"attempts", do("DELETE FROM attempts WHERE "+who, platform, user)},
		{"appeals", do("DELETE FROM appeals WHERE "+who, platform, user)},
		{"appeals", do("UPDATE appeals SET decided_by = '' WHERE platform = $1 AND decided_by = $2", platform, user)},
		{"picks", do("DELETE FROM picks WHERE "+who, platform, user)},
		{"aliases", do("UPDATE aliases SET player = '' WHERE "+who, platform, user)},
		{"rounds", do("DELETE FROM rounds WHERE platform = $1 AND open = 0 AND REPLACE(value, $2, '') <> value", platform, q)},
		{"effects", do(`UPDATE effects SET state = 'void', payload = ''
			WHERE platform = $1 AND state IN ('new', 'sending') AND REPLACE(payload, $2, '') <> payload`, platform, q)},
	})
	if err != nil {
		return nil, nil, err
	}
	open, err := list(ctx, s, doing+": open rounds", scanRound,
		selectRound+"WHERE platform = $1 AND open = 1 AND REPLACE(value, $2, '') <> value", platform, q)
	return counts, open, err
}

// DeleteGuild removes everything of a guild. Rounds that are open end with it: their next Commit is bot.ErrConflict.
// So do its subscriptions, whose numbers begin again, and what they are about to post.
func (s *Store) DeleteGuild(ctx context.Context, g bot.Guild) (bot.Counts, error) {
	var all []change
	for _, sel := range ofGuild() {
		all = append(all, change{sel.table, do("DELETE FROM "+sel.table+" WHERE "+sel.where, g.Platform, g.ID)})
	}
	return s.count(ctx, "deleting guild "+g.ID, all)
}

// change is a statement, and the table whose rows it changes.
type change struct {
	table string
	statement
}

// count applies statements at once, and adds up what they have changed by table.
func (s *Store) count(ctx context.Context, doing string, all []change) (bot.Counts, error) {
	stmts := make([]statement, len(all))
	for i, c := range all {
		stmts[i] = c.statement
	}
	changed, err := s.write(ctx, doing, stmts...)
	if err != nil {
		return nil, err
	}
	counts := bot.Counts{}
	for i, c := range all {
		counts[c.table] += changed[i]
	}
	return counts, nil
}
