package store_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
)

// counter counts lines.
type counter struct{ lines int }

func (c *counter) Write(p []byte) (int, error) {
	c.lines += bytes.Count(p, []byte("\n"))
	return len(p), nil
}

// populate writes something to every table, about ada and bob in a guild, and about ada in another, where there is also a
// schedule.
func populate(t *testing.T, db *store.Store) {
	t.Helper()
	ctx := t.Context()
	value := func(players ...string) []byte {
		b, err := json.Marshal(map[string]any{"players": players})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	done, live, bobs := newRound("r1"), newRound("r2"), newRound("r3")
	done.Open, done.Value, live.Value = false, value("ada", "bob"), value("ada", "bob")
	bobs.Channel.ID, bobs.Value = "c3", value("bob", "ADA", "ada2")
	commit(t, db, bot.Transition{At: noon, Round: done, Asked: []string{"q/1"},
		Scores:   []bot.Score{answer("1", "ada", 100, noon), answer("2", "bob", 50, noon)},
		Attempts: []bot.Attempt{{Player: "ada", Text: "x", Folded: "x", At: noon}, {Player: "bob", Text: "x", Folded: "x", At: noon}},
		Effects:  []bot.Effect{{Key: "e1", Payload: value("ada")}, {Key: "e2", Payload: value("bob")}, {Key: "e3", Payload: value("ada")}}})
	commit(t, db, bot.Transition{At: noon, Round: live})
	commit(t, db, bot.Transition{At: noon, Round: bobs})
	other := answer("3", "ada", 7, noon)
	other.Guild.ID = "g2"
	add(t, db, other)
	bob := appeal("a2")
	bob.By, bob.Folded = "bob", "else"
	_, err1 := db.OpenAppeal(ctx, appeal("a1"))
	_, err2 := db.OpenAppeal(ctx, bob)
	if err := errors.Join(err1, err2, db.MarkSent(ctx, "e3", "m3"), db.SetHidden(ctx, "discord", "ada", true),
		db.Set(ctx, bot.Setting{Guild: guild, Key: "k", Value: `"v"`}),
		db.Decide(ctx, bot.Decision{Appeal: "a2", State: bot.AppealAccepted, By: "ada", At: noon, Alias: &bot.Alias{Guild: guild,
			Answer: "a", Folded: "b", Alias: "B", By: "ada", At: noon}})); err != nil {
		t.Fatal(err)
	}
	there := subscription("s2")
	there.Guild.ID = "g2"
	subscribe(t, db, there)
	s := subscribe(t, db, subscription("s1"))
	claim(t, db, 1, bot.Claim{Subscription: s, Next: noon.AddDate(0, 0, 1), Occurrences: []bot.Occurrence{occurrence("s1", "2026-03-02")}})
	d := openDaily(t, db, daily("s1", 2))
	if err := errors.Join(db.Answer(ctx, pick(d, "ada", 1)), db.Answer(ctx, pick(d, "bob", 2))); err != nil {
		t.Fatal(err)
	}
}

func TestExportUser(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		populate(t, db)
		var out strings.Builder
		got, err := db.ExportUser(t.Context(), "discord", "ada", &out)
		want := bot.Counts{"players": 1, "scores": 2, "attempts": 1, "appeals": 2, "aliases": 1, "picks": 1, "rounds": 2, "effects": 1}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, %v\nwant %v", got, err, want)
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		if len(lines) != 11 {
			t.Errorf("%d lines", len(lines))
		}
		for _, l := range lines {
			var v struct {
				Table string
				Row   map[string]any
			}
			if err := json.Unmarshal([]byte(l), &v); err != nil || v.Table == "" || len(v.Row) == 0 {
				t.Errorf("%s: %v", l, err)
			}
			if (v.Table == "scores" || v.Table == "picks") && v.Row["at"] != "2026-03-02T12:00:00.123456Z" {
				t.Errorf("at is %v", v.Row["at"])
			}
			if strings.Contains(l, "bob") {
				t.Errorf("tells of another player: %s", l)
			}
		}
	})
}

func TestDeleteUser(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		populate(t, db)
		got, open, err := db.DeleteUser(ctx, "discord", "ada")
		want := bot.Counts{"players": 1, "scores": 2, "attempts": 1, "appeals": 2, "aliases": 1, "picks": 1, "rounds": 1, "effects": 1}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, %v\nwant %v", got, err, want)
		}
		if len(open) != 1 || open[0].ID != "r2" {
			t.Fatalf("open rounds with the user: %+v", open)
		}
		open[0].Value = []byte(`{}`)
		commit(t, db, bot.Transition{At: noon, Round: open[0]})
		var out strings.Builder
		if n, err := db.ExportUser(ctx, "discord", "ada", &out); err != nil || out.Len() > 0 {
			t.Errorf("still there: %v, %v\n%s", n, err, out.String())
		}
		var all strings.Builder
		if _, err := db.ExportGuild(ctx, guild, &all); err != nil || strings.Contains(all.String(), `"ada"`) || strings.Contains(all.String(), `\"ada\"`) {
			t.Errorf("still in the guild: %v\n%s", err, all.String())
		}
		if st := standings(t, db, bot.BoardQuery{}); st != "1 bob 50/1, of 1" {
			t.Error(st)
		}
		if e, err := db.PendingEffects(ctx, "discord"); err != nil || len(e) != 1 || e[0].Key != "e2" {
			t.Errorf("effects %+v, %v", e, err)
		}
		if _, _, err := db.DeleteUser(ctx, "discord", ""); err == nil {
			t.Error("deleted nobody")
		}
	})
}

func TestDeleteGuild(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		populate(t, db)
		want := bot.Counts{"settings": 1, "aliases": 1, "appeals": 2, "scores": 2, "attempts": 2, "asked": 2, "rounds": 3, "effects": 3,
			"subscriptions": 1, "occurrences": 1, "dailies": 1, "picks": 2}
		var w counter
		if got, err := db.ExportGuild(ctx, guild, &w); err != nil || !reflect.DeepEqual(got, want) || w.lines != 21 {
			t.Errorf("export: %v, %v, %d lines\nwant %v", got, err, w.lines, want)
		}
		live, err := db.OpenRound(ctx, channel)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := db.DeleteGuild(ctx, guild); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("delete: %v, %v\nwant %v", got, err, want)
		}
		if got, err := db.ExportGuild(ctx, guild, &w); err != nil || w.lines != 21 {
			t.Errorf("still there: %v, %v", got, err)
		}
		if err := db.Commit(ctx, bot.Transition{At: noon, Round: live}); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("a deleted round goes on: %v", err)
		}
		if s := subscribe(t, db, subscription("s1")); s.Number != 1 {
			t.Errorf("the first subscription of a deleted guild has number %d", s.Number)
		}
		if s, err := db.Subscription(ctx, "s2"); err != nil || s.Guild.ID != "g2" {
			t.Errorf("another guild's subscription is gone: %+v, %v", s, err)
		}
		if b, err := db.Board(ctx, bot.BoardQuery{Guild: bot.Guild{Platform: "discord", ID: "g2"}, For: "ada"}); err != nil || b.Players != 1 {
			t.Errorf("another guild is gone: %+v, %v", b, err)
		}
	})
}

func TestPurge(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		const many = 1203 // more than two batches
		var attempts []bot.Attempt
		var effects []bot.Effect
		for i := range many {
			attempts = append(attempts, bot.Attempt{Player: "ada", Folded: "x", At: noon})
			effects = append(effects, bot.Effect{Key: fmt.Sprint("e", i)})
		}
		old, live, young := newRound("r1"), newRound("r2"), newRound("r3")
		old.Open, young.Open = false, false
		commit(t, db, bot.Transition{At: noon, Round: old, Attempts: attempts, Effects: effects, Scores: []bot.Score{answer("1", "ada", 1, noon)}})
		commit(t, db, bot.Transition{At: noon, Round: live})
		later := noon.Add(time.Hour)
		commit(t, db, bot.Transition{At: later, Round: young, Attempts: []bot.Attempt{{Folded: "y", At: later}}, Effects: []bot.Effect{{Key: "late"}}})
		if got, err := db.Purge(ctx, bot.Retention{}); err != nil || len(got) != 0 {
			t.Errorf("without limits %v, %v", got, err)
		}
		want := bot.Counts{"rounds": 1, "attempts": many, "effects": many, "deliveries": 0, "leases": 0}
		if got, err := db.Purge(ctx, bot.Retention{Rounds: later, Attempts: later, Effects: later}); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("purged %v, %v", got, err)
		}
		_, err1 := db.OpenRound(ctx, channel)
		last, err2 := db.LastRound(ctx, channel)
		if err := errors.Join(err1, err2); err != nil || last.ID != "r3" {
			t.Errorf("%v, %v", last, err)
		}
		if a, err := db.AttemptsWith(ctx, "r3", 0, "y"); err != nil || len(a) != 1 {
			t.Errorf("a young attempt: %v, %v", a, err)
		}
		if e, err := db.PendingEffects(ctx, "discord"); err != nil || len(e) != 1 {
			t.Errorf("effects: %d, %v", len(e), err)
		}
		if got := standings(t, db, bot.BoardQuery{}); got != "1 ada 1/1, of 1" {
			t.Error(got)
		}
	})
}
