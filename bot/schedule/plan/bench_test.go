package plan_test

import (
	"testing"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

// BenchmarkDue is what it costs to say when a plan is due on a date.
func BenchmarkDue(b *testing.B) {
	for _, name := range []string{"America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"} {
		b.Run(name, func(b *testing.B) {
			t, err := plan.Plan{Hour: 9, Zone: name}.Timetable()
			if err != nil {
				b.Fatal(err)
			}
			first := plan.Date{Year: 2026, Month: time.January, Day: 1}
			dates := make([]plan.Date, 365)
			for i := range dates {
				dates[i] = first.AddDays(i)
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, ok := t.Due(dates[i%len(dates)]); !ok {
					b.Fatal("not due")
				}
			}
		})
	}
}

// BenchmarkNext is the question that the peer answers: what comes after an instant.
func BenchmarkNext(b *testing.B) {
	const name = "America/New_York"
	at := time.Date(2026, time.January, 1, 12, 0, 0, 0, zone(b, name))
	b.Run("whowon", func(b *testing.B) {
		t, err := plan.Plan{Hour: 9, Zone: name}.Timetable()
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if _, _, ok := t.Next(at.Add(time.Duration(i%365) * 24 * time.Hour)); !ok {
				b.Fatal("no next")
			}
		}
	})
	b.Run("peer/robfig", func(b *testing.B) {
		s, err := cron.ParseStandard("CRON_TZ=" + name + " 0 9 * * *")
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			if s.Next(at.Add(time.Duration(i%365) * 24 * time.Hour)).IsZero() {
				b.Fatal("no next")
			}
		}
	})
}

// BenchmarkPlanDue also checks the plan and reads its zone, which a Timetable does once.
func BenchmarkPlanDue(b *testing.B) {
	p, d := plan.Plan{Hour: 9, Zone: "America/New_York"}, plan.Date{Year: 2026, Month: time.March, Day: 8}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := p.Due(d); err != nil {
			b.Fatal(err)
		}
	}
}
