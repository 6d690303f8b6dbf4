package store_test

import (
	"errors"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
)

func appeal(id string) bot.Appeal {
	return bot.Appeal{ID: id, Guild: guild, Channel: channel, Round: "r1", Question: 2, QuestionID: "q/1", Answer: "Daniel Day-Lewis",
		Text: "Day Lewis", Folded: "day lewis", By: "ada", State: bot.AppealOpen, At: noon}
}

func TestAppealIsDecidedOnce(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		if got, err := db.OpenAppeal(ctx, appeal("a1")); err != nil || got != appeal("a1") {
			t.Fatalf("got %+v, %v", got, err)
		}
		second := appeal("a2")
		second.By = "bob"
		if got, err := db.OpenAppeal(ctx, second); err != nil || got.ID != "a1" || got.By != "ada" {
			t.Errorf("the same again: %+v, %v", got, err)
		}
		later := noon.Add(time.Hour)
		up := answer("r1/2/ada/appeal", "ada", 100, noon)
		up.Reason = bot.ReasonAppeal
		d := bot.Decision{Appeal: "a1", State: bot.AppealAccepted, By: "mod", At: later, Scores: []bot.Score{up},
			Alias:   &bot.Alias{Guild: guild, Answer: "daniel day lewis", Folded: "day lewis", Alias: "Day Lewis", By: "ada", At: later},
			Effects: []bot.Effect{{Key: "appeal/a1", Guild: guild, Channel: channel}}}
		var wg sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wg.Go(func() { errs[i] = db.Decide(ctx, d) })
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else if !errors.Is(err, bot.ErrConflict) {
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("decided %d times", won)
		}
		no := bot.Decision{Appeal: "a1", State: bot.AppealRejected, At: later, Scores: []bot.Score{answer("x", "ada", 5, noon)}}
		if err := db.Decide(ctx, no); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("decided again: %v", err)
		}
		if no.Appeal = "none"; !errors.Is(db.Decide(ctx, no), bot.ErrConflict) {
			t.Error("decided what is not there")
		}
		if no.State = bot.AppealOpen; db.Decide(ctx, no) == nil {
			t.Error("decided to be open")
		}
		got, err := db.Appeal(ctx, "a1")
		if err != nil || got.State != bot.AppealAccepted || got.DecidedBy != "mod" || !got.DecidedAt.Equal(later) {
			t.Errorf("got %+v, %v", got, err)
		}
		if got := standings(t, db, bot.BoardQuery{}); got != "1 ada 100/1, of 1" {
			t.Error(got)
		}
		aliases, err := db.Aliases(ctx, guild, "daniel day lewis")
		if err != nil || !reflect.DeepEqual(aliases, []bot.Alias{*d.Alias}) {
			t.Errorf("learned %+v, %v", aliases, err)
		}
		if e, err := db.PendingEffects(ctx, "discord"); err != nil || len(e) != 1 {
			t.Errorf("effects %+v, %v", e, err)
		}
		if _, err := db.Appeal(ctx, "a2"); !errors.Is(err, bot.ErrNotFound) {
			t.Errorf("the second appeal: %v", err)
		}
	})
}

func TestAppealsAreListed(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		for i, id := range []string{"a1", "a2", "a3"} {
			a := appeal(id)
			a.Folded, a.At = id, noon.Add(time.Duration(i)*time.Second)
			if id == "a3" {
				a.Guild.ID = "g2"
			}
			if _, err := db.OpenAppeal(ctx, a); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Decide(ctx, bot.Decision{Appeal: "a1", State: bot.AppealRejected, By: "mod", At: noon}); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			q    bot.AppealQuery
			want []string
		}{
			{bot.AppealQuery{}, []string{"a3", "a2", "a1"}},
			{bot.AppealQuery{Limit: 1}, []string{"a3"}},
			{bot.AppealQuery{Guild: guild}, []string{"a2", "a1"}},
			{bot.AppealQuery{State: bot.AppealOpen}, []string{"a3", "a2"}},
			{bot.AppealQuery{Guild: guild, State: bot.AppealRejected}, []string{"a1"}},
			{bot.AppealQuery{Guild: bot.Guild{Platform: "slack"}}, nil},
		} {
			got, err := db.Appeals(ctx, tt.q)
			var ids []string
			for _, a := range got {
				ids = append(ids, a.ID)
			}
			if err != nil || !reflect.DeepEqual(ids, tt.want) {
				t.Errorf("%+v: %q, %v; want %q", tt.q, ids, err, tt.want)
			}
		}
	})
}

func TestAliases(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		a := bot.Alias{Guild: guild, Answer: "daniel day lewis", Folded: "ddl", Alias: "DDL", By: "ada", At: noon}
		b, again := a, a
		b.Guild.ID, b.Answer = "g2", "another"
		again.Alias = "ddl!"
		for _, x := range []bot.Alias{a, b, again} {
			if err := db.AddAlias(ctx, x); err != nil {
				t.Fatal(err)
			}
		}
		for _, tt := range []struct {
			g      bot.Guild
			answer string
			want   []bot.Alias
		}{
			{guild, a.Answer, []bot.Alias{a}}, {guild, "", []bot.Alias{a}}, {guild, "another", nil}, {bot.Guild{}, "", []bot.Alias{a, b}},
		} {
			if got, err := db.Aliases(ctx, tt.g, tt.answer); err != nil || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("%v %q: %+v, %v", tt.g, tt.answer, got, err)
			}
		}
	})
}

func TestSettings(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx := t.Context()
		for _, st := range []bot.Setting{
			{Guild: guild, Key: "rules", Value: `{"n":5}`}, {Guild: guild, Key: "rules", Value: `{"n":10}`},
			{Guild: guild, Key: "gone", Value: `1`}, {Guild: guild, Key: "gone"},
			{Guild: guild, Channel: "c1", Key: "rules", Value: `{"n":3}`}, {Guild: guild, Channel: "c2", Key: "other", Value: `2`},
			{Guild: bot.Guild{Platform: "slack", ID: "g1"}, Key: "rules", Value: `9`},
		} {
			if err := db.Set(ctx, st); err != nil {
				t.Fatal(err)
			}
		}
		g, c, err := db.Settings(ctx, guild, channel)
		if err != nil || !reflect.DeepEqual(g, map[string]string{"rules": `{"n":10}`}) || !reflect.DeepEqual(c, map[string]string{"rules": `{"n":3}`}) {
			t.Errorf("%v, %v, %v", g, c, err)
		}
		if g, c, err := db.Settings(ctx, guild, bot.Channel{}); err != nil || len(g) != 1 || len(c) != 0 {
			t.Errorf("%v, %v, %v", g, c, err)
		}
		rules := bot.Setting{Guild: guild, Key: "rules", Value: "2"}
		if ok, err := db.SwapSetting(ctx, rules, "another"); err != nil || ok {
			t.Errorf("a setting that is not as it was is changed: %v, %v", ok, err)
		}
		if ok, err := db.SwapSetting(ctx, rules, g["rules"]); err != nil || !ok {
			t.Errorf("a setting is not changed: %v, %v", ok, err)
		}
		if ok, err := db.SwapSetting(ctx, bot.Setting{Guild: rules.Guild, Key: "rules", Value: g["rules"]}, "2"); err != nil || !ok {
			t.Errorf("a setting is not changed back: %v, %v", ok, err)
		}
		all, err := db.SettingsOf(ctx, "rules")
		if err != nil || len(all) != 3 || all[0].Value != `{"n":10}` || all[1].Channel != "c1" || all[2].Guild.Platform != "slack" {
			t.Errorf("%+v, %v", all, err)
		}
	})
}
