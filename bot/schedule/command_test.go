package schedule_test

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

// chosen is what is kept of a schedule.
type chosen struct {
	Plan   plan.Plan
	Topics []string
	Skip   bool
}

func (w *world) chosen() chosen {
	w.t.Helper()
	var c chosen
	if err := json.Unmarshal(w.sub().Value, &c); err != nil {
		w.t.Fatal(err)
	}
	return c
}

// TestWords gives what is wanted in many orders and words.
func TestWords(t *testing.T) {
	inWorld(t, "2026-11-26T08:00:00Z", func(w *world) {
		for _, tt := range []struct{ args, want string }{
			{"", "09:17 UTC, every day"},
			{"9:00", "09:00 UTC, every day"},
			{"9 pm Europe/Berlin", "21:00 Europe/Berlin, every day"},
			{"at 9am europe/berlin on weekdays", "09:00 Europe/Berlin, Monday to Friday"},
			{"mon,wed,fri noon America/New_York", "12:00 America/New_York, Monday, Wednesday and Friday"},
			{"monday friday 18:30 utc", "18:30 UTC, Monday and Friday"},
			{"time=21h zone=berlin days=sat-sun", "21:00 Europe/Berlin, Saturday and Sunday"},
			{"oscars births 7:05", "07:05 UTC, every day about oscars, births"},
			{"academy awards, births 7:05", "07:05 UTC, every day about academy awards, births"},
			{"about=oscars,births at=7:05 catchup=skip", "07:05 UTC, every day about oscars, births skip"},
			{"everything", "09:17 UTC, every day"},
			{"cron=30 7 * * 1-5 zone=Asia/Tokyo", "cron 30 7 * * 1-5, Asia/Tokyo"},
			{`cron="30 7 1 * *" zone=new york oscars`, "cron 30 7 1 * *, America/New_York about oscars"},
			{"zone=New York 6:00", "06:00 America/New_York, every day"},
		} {
			got := w.says("/schedule anniversaries " + tt.args)
			if !strings.HasPrefix(got, "New: schedule") {
				t.Errorf("%q: %s", tt.args, got)
				continue
			}
			c := w.chosen()
			have := c.Plan.Words()
			if len(c.Topics) > 0 {
				have += " about " + strings.Join(c.Topics, ", ")
			}
			if c.Skip {
				have += " skip"
			}
			if have != tt.want {
				t.Errorf("%q is %s, want %s", tt.args, have, tt.want)
			}
			w.says("/schedule delete")
		}
	})
}

// TestWrongWords are answered with what is wrong, and keep nothing.
func TestWrongWords(t *testing.T) {
	inWorld(t, "2026-11-26T08:00:00Z", func(w *world) {
		for _, tt := range []struct{ args, want string }{
			{"25:00", "25:00"},
			{"zone=Europe/Berlyn", "Europe/Berlin"},
			{"Local/Time 9:00", "Local/Time"},
			{"oskars", "“oskars” is no topic"},
			{"zzz", "As in: /schedule anniversaries 9:00 Europe/Berlin weekdays"},
			{"on=someday", "someday"},
			{"catchup=maybe", "latest or skip"},
			{"cron=* * * * *", "once a day"},
			{"cron=0 0 30 2 *", "30"},
			{"cron=TZ=UTC", "zone"},
			{"cron=0 9 1 * * at=9:00", "not both"},
			{"\\u0000" + strings.Repeat("x ", 5000), "is no topic"},
		} {
			got := w.says("/schedule anniversaries " + tt.args)
			if !strings.Contains(got, tt.want) || len(got) > 700 {
				t.Errorf("%.40q: %s", tt.args, got)
			}
			if all, err := w.db.Subscriptions(w.t.Context(), guild); err != nil || len(all) != 0 {
				t.Errorf("%.40q: %d schedules, %v", tt.args, len(all), err)
				w.says("/schedule delete")
			}
		}
	})
}

// TestTheOthersChannel: who runs one workspace posts in no other.
func TestTheOthersChannel(t *testing.T) {
	inWorld(t, "2026-11-26T08:00:00Z", func(w *world) {
		c := bot.ParseCommand("/schedule anniversaries in=T2/C9")
		for id, want := range map[string]string{"T1/C1": "not one of this server", "T2/C1": "New: schedule"} {
			w.said = nil
			done := make(chan struct{})
			in := bot.Inbound{Moderator: true, Guild: bot.Guild{Platform: "place", ID: id[:2]}, Command: &c, Done: func() { close(done) },
				To: bot.Target{Channel: bot.Channel{Platform: "place", ID: id}}}
			if err := w.deliver(in); err != nil {
				t.Fatal(err)
			}
			<-done
			if got := strings.Join(w.said, ""); !strings.Contains(got, want) {
				t.Errorf("from %s: %s", id, got)
			}
		}
	})
}

// TestTheLifeOfASchedule goes through all that can be said.
func TestTheLifeOfASchedule(t *testing.T) {
	inWorld(t, "2026-11-26T08:00:00Z", func(w *world) {
		say := func(command string, want ...string) {
			t.Helper()
			got := w.says(command)
			for _, s := range want {
				if !strings.Contains(got, s) {
					t.Errorf("%s: %q lacks %q", command, got, s)
				}
			}
		}
		say("/schedule", "Nothing is posted here", "/schedule anniversaries 9:00")
		say("/schedule next", "Nothing is posted here")
		say("/schedule dance", "There is no /schedule dance", "anniversaries, list")
		if got := w.saysAs("/schedule anniversaries 9:00", false); !strings.Contains(got, "Only moderators") {
			t.Error(got)
		}
		if got := w.saysAs("/schedule delete", false); !strings.Contains(got, "Only moderators") {
			t.Error(got)
		}
		if err := w.db.Set(w.t.Context(), bot.Setting{Guild: guild, Key: "timezone", Value: `"Europe/Berlin"`}); err != nil {
			t.Fatal(err)
		}
		say("/schedule anniversaries 10:00", "New: schedule 1", "10:00 Europe/Berlin, every day", "in this channel",
			"Next: Thu 26 Nov 2026, 10:00 CET: what leads on 2026-11-26", "60 minutes late")
		say("/schedule anniversaries weekdays oscars", "Changed: schedule 1", "about Oscars", "10:00 Europe/Berlin, Monday to Friday")
		say("/schedule list", "1: the day's anniversaries about Oscars, 10:00", "next: Thu 26 Nov 2026, 10:00 CET")
		say("/schedule next", "Thu 26 Nov", "Fri 27 Nov", "Mon 30 Nov", "Tue 1 Dec", "Wed 2 Dec")
		say("/schedule preview 1", "2026-11-26", "Only you see this")
		say("/schedule log", "None so far")
		w.until("2026-11-26T09:05:00Z")
		say("/schedule log", "Thu 26 Nov 2026: posted at 10:00:00 CET", "Next: Fri 27 Nov")
		say("/schedule pause", "Paused: schedule 1")
		say("/schedule pause", "paused already")
		say("/schedule list", "paused")
		w.leap("2026-11-27T08:58:00Z")
		w.until("2026-11-27T12:00:00Z")
		w.want("2026-11-26 posted", 1)
		say("/schedule resume", "goes on. Next: Mon 30 Nov 2026, 10:00 CET")
		say("/schedule resume", "is not paused")
		say("/schedule log 7", "There is no schedule 7 here")
		say("/schedule anniversaries in=there 8:00", "New: schedule 2", "in channel there", "08:00 Europe/Berlin")
		say("/schedule delete 2", "Deleted: schedule 2")
		say("/schedule anniversaries in=there 8:00", "New: schedule 3") // a number is not given twice
		say("/schedule delete anniversaries", "Deleted: schedule 1")
		say("/schedule delete", "Deleted: schedule 3")
		say("/schedule", "Nothing is posted here")
	})
}

// TestDeletedOnItsWay: a post that waits for its turn is not shown once its schedule is gone.
func TestDeletedOnItsWay(t *testing.T) {
	inWorld(t, "2026-11-26T08:00:00Z", func(w *world) {
		w.says("/schedule anniversaries 9:00 UTC")
		w.place.fails(func(bot.Target, string) error { return errNetwork })
		w.until("2026-11-26T09:00:10Z")
		id := w.sub().ID
		w.says("/schedule delete")
		w.place.fails(nil)
		w.until("2026-11-26T12:00:00Z")
		o, err := w.db.Occurrence(w.t.Context(), id, "2026-11-26", "")
		if err != nil || o.State != bot.OccurrenceDropped || !strings.Contains(o.Why, "deleted") || len(w.place.sent) != 0 {
			t.Errorf("%+v, %v, %v", o, err, w.place.sent)
		}
	})
}

// TestLastYearsLead is told to the content, so that another leads.
func TestLastYearsLead(t *testing.T) {
	inWorld(t, "2027-02-28T08:59:00Z", func(w *world) {
		w.says("/schedule anniversaries 9:00 UTC")
		time.Sleep(2 * time.Minute)
		w.leap("2028-02-28T08:59:30Z")
		time.Sleep(2 * time.Minute)
		w.leap("2028-02-29T08:59:30Z")
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		w.content.mu.Lock()
		defer w.content.mu.Unlock()
		told := map[string]string{}
		for _, p := range w.content.posts {
			told[p.Date.String()] = strings.Join(p.Not, ",")
		}
		for day, want := range map[string]string{"2027-02-28": "", "2028-02-28": "lead of 2027-02-28", "2028-02-29": "lead of 2027-02-28"} {
			if told[day] != want {
				t.Errorf("on %s %q must not lead, want %q", day, told[day], want)
			}
		}
	})
}

func TestSuggest(t *testing.T) {
	s := schedule.New(schedule.Options{Contents: []schedule.Content{&anything{}}})
	for _, tt := range []struct{ command, option, prefix, want string }{
		{"schedule anniversaries", "zone", "berl", "Europe/Berlin"},
		{"schedule anniversaries", "topics", "os", "oscars"},
		{"schedule anniversaries", "topics", "oscars, bi", "oscars, births"},
		{"schedule anniversaries", "days", "week", "weekdays,weekends"},
		{"schedule anniversaries", "channel", "x", ""},
		{"trivia start", "category", "x", ""},
	} {
		var got []string
		for _, v := range s.Suggest(tt.command, tt.option, tt.prefix, 25) {
			got = append(got, v.Value)
		}
		if strings.Join(got, ",") != tt.want {
			t.Errorf("%s %s %q: %q, want %q", tt.command, tt.option, tt.prefix, got, tt.want)
		}
	}
	if s.Suggest("trivia start", "zone", "", 5) != nil {
		t.Error("it proposes for the command of another")
	}
}
