package gateway

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// message is a MESSAGE_CREATE as Discord sends one, of 1.2 KB.
func message(seq int) []byte {
	return fmt.Appendf(nil, `{"t":"MESSAGE_CREATE","s":%d,"op":0,"d":{"type":0,"tts":false,"timestamp":"2026-11-26T06:30:00.123000+00:00",`+
		`"pinned":false,"nonce":"1310829173846671360","mentions":[{"username":"grace","public_flags":0,"member":{"roles":`+
		`["1100000000000000301","1100000000000000302"],"premium_since":null,"pending":false,"nick":"Grace \"the\" \\ Hopper",`+
		`"mute":false,"joined_at":"2020-02-02T20:20:20.202000+00:00","flags":0,"deaf":false,"communication_disabled_until":null,`+
		`"banner":null,"avatar":null},"id":"1100000000000000202","global_name":"Grace","discriminator":"0","avatar":`+
		`"0123456789abcdef0123456789abcdef"}],"mention_roles":[],"mention_everyone":false,"member":{"roles":["1100000000000000301"],`+
		`"premium_since":null,"pending":false,"nick":null,"mute":false,"joined_at":"2021-01-01T10:00:00.000000+00:00","flags":2,`+
		`"deaf":false,"communication_disabled_until":null,"banner":null,"avatar":null},"id":"1310829174941351936","flags":0,`+
		`"embeds":[],"edited_timestamp":null,"content":"who won best picture in 2025? Emilia P\u00e9rez 🏆 {not json}","components":[],`+
		`"channel_type":0,"channel_id":"1100000000000000101","author":{"username":"ada","public_flags":64,"id":`+
		`"1100000000000000201","global_name":"Ada","discriminator":"0","avatar":null},"attachments":[],"guild_id":"1100000000000000001"}}`, seq)
}

var frames = []string{
	`{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":41250,"_trace":["[\"gateway\",{}]"]}}`,
	`{"op":11}`, `{"op":11,"d":null}`, ` { "op" : 7 , "d" : null } `, `{"op":9,"d":false}`, `{"op":1,"d":251}`, `{"d":"}","op":0}`,
	`{"t":"READY","s":1,"op":0,"d":{"v":10,"session_id":"a\\\"}"}}`, `{"d":[{"a":"\\"},"]"],"s":3,"t":"X","op":0}`,
	`{"op":0,"s":1e2}`, `{"op":0,"s":-1}`, `{"op":0,"s":01}`, `{"op":00}`, `{"OP":0,"S":7,"T":"Y"}`, `{"op":0,"op":1}`, `{"op":0,"x":[1]}`,
	`{"op":0,"t":"\u0052EADY"}`, `{"op":0,"s":9223372036854775807}`, `{"op":0,"s":9223372036854775808}`, `{"op":null}`, `{"op":"0"}`,
	``, `{`, `{}`, `[]`, `null`, `7`, `"op"`, `{"op":0`, `{"op":0,}`, `{"op":0}}`, `{"op"}`, `{"op":}`, `{"op":0,"d":}`, `{"op":0,"d":"`,
	`{"op":0,"d":{"a":1}`, `{"op":0,"t":"`, `{"op":0,"t":}`, `{"t":X}`, `{"op":0,"t":7}`, `{"op":0,"t":{}}`, `{"op":0 "d":1}`, "{\"op\":0,\"t\":\"\xff\"}",
}

// FuzzParse compares with encoding/json: whatever it accepts is read the same.
func FuzzParse(f *testing.F) {
	for _, frame := range frames {
		f.Add([]byte(frame))
	}
	f.Add(message(42))
	f.Fuzz(func(t *testing.T, frame []byte) {
		var want struct {
			Op *int            `json:"op"`
			S  int64           `json:"s"`
			T  string          `json:"t"`
			D  json.RawMessage `json:"d"`
		}
		accepted := json.Unmarshal(frame, &want) == nil && want.Op != nil
		got, ok := parse(frame)
		if ok && !accepted && json.Valid(frame) {
			t.Fatalf("%q is JSON, no envelope, and was read as %+v", frame, got)
		}
		if !accepted {
			return
		}
		if !ok {
			t.Fatalf("%q was not read", frame)
		}
		if got.op != *want.Op || got.seq != want.S || string(got.typ) != want.T || string(got.data) != string(want.D) {
			t.Fatalf("%q was read as op %d, s %d, t %q, d %q; want %d, %d, %q, %q",
				frame, got.op, got.seq, got.typ, got.data, *want.Op, want.S, want.T, want.D)
		}
	})
}

// TestScanned is that what Discord sends does not take the slow way.
func TestScanned(t *testing.T) {
	for _, frame := range []string{frames[0], frames[1], frames[2], frames[3], frames[4], string(message(7))} {
		if _, ok := scan([]byte(frame)); !ok {
			t.Errorf("%s is left to encoding/json", frame)
		}
	}
	if e, _ := scan(message(7)); e.seq != 7 || string(e.typ) != "MESSAGE_CREATE" || !strings.HasPrefix(string(e.data), `{"type":0`) {
		t.Errorf("read op %d, s %d, t %q", e.op, e.seq, e.typ)
	}
	frame := message(7)
	if n := testing.AllocsPerRun(100, func() { scan(frame) }); n != 0 {
		t.Errorf("%v allocations for a frame, want none", n)
	}
}

func BenchmarkFrame(b *testing.B) {
	frame := message(123456)
	b.Run("scan", func(b *testing.B) {
		b.SetBytes(int64(len(frame)))
		b.ReportAllocs()
		for b.Loop() {
			if e, ok := parse(frame); !ok || e.seq != 123456 {
				b.Fatal("not read")
			}
		}
	})
	b.Run("discordgo", func(b *testing.B) {
		b.SetBytes(int64(len(frame)))
		b.ReportAllocs()
		for b.Loop() {
			var e *discordgo.Event
			if err := json.Unmarshal(frame, &e); err != nil || e.Sequence != 123456 {
				b.Fatal("not read")
			}
		}
	})
}
