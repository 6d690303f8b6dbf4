package socket

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

// mention is an app_mention as Slack sends one, of 1.5 KB.
func mention(n int) []byte {
	return fmt.Appendf(nil, `{"envelope_id":"2d8f5a1c-0000-4000-8000-%012d","payload":{"token":"abcdefghijklmnopqrstuvwx","team_id":"T0123456789",`+
		`"context_team_id":"T0123456789","context_enterprise_id":null,"api_app_id":"A0123456789","event":{"user":"U0123456789","type":"app_mention",`+
		`"ts":"1764150000.123456","client_msg_id":"6f0a2b1e-1111-4222-8333-444455556666","text":"<@U0987654321> who won \"best picture\" in 2025 \\ {x]?",`+
		`"team":"T0123456789","blocks":[{"type":"rich_text","block_id":"aBcDe","elements":[{"type":"rich_text_section","elements":[{"type":"user",`+
		`"user_id":"U0987654321"},{"type":"text","text":" who won \"best picture\" in 2025?"}]}]}],"channel":"C0123456789",`+
		`"event_ts":"1764150000.123456"},"type":"event_callback","event_id":"Ev0123456789","event_time":1764150000,"authorizations":[{`+
		`"enterprise_id":null,"team_id":"T0123456789","user_id":"U0987654321","is_bot":true,"is_enterprise_install":false}],`+
		`"is_ext_shared_channel":false,"event_context":"4-eyJldCI6ImFwcF9tZW50aW9uIiwidGlkIjoiVDAxMjM0NTY3ODkifQ"},"type":"events_api",`+
		`"accepts_response_payload":false,"retry_attempt":1,"retry_reason":"timeout"}`, n)
}

var frames = []string{
	`{"type":"hello","num_connections":1,"debug_info":{"host":"applink-1","build_number":1,"approximate_connection_time":18060},"connection_info":{"app_id":"A1"}}`,
	`{"type":"disconnect","reason":"warning","debug_info":{"host":"applink-1"}}`,
	`{"payload":{"a":"}"},"envelope_id":"x","type":"slash_commands","accepts_response_payload":true}`,
	` { "envelope_id" : "x" , "payload" : [ 1 ] , "type" : "interactive" , "accepts_response_payload" : false } `,
	`{"type":"events_api","retry_reason":null,"retry_attempt":null,"envelope_id":null,"payload":null}`, `{"type":"x","accepts_response_payload":null}`,
	`{"TYPE":"x","Payload":1}`, `{"type":"a","type":"b"}`, `{"type":"a","payload":1,"payload":2}`, `{"\u0074ype":"x"}`, `{"type":"\u0061"}`, `{"type":"é"}`,
	`{"type":"x","retry_attempt":01}`, `{"type":"x","retry_attempt":-1}`, `{"type":"x","retry_attempt":1e2}`, `{"type":"x","retry_attempt":99999999999}`,
	`{"type":"x","retry_attempt":"1"}`, `{"type":"x","accepts_response_payload":1}`, `{"type":7}`, `{"type":""}`, `{"type":null}`, `{"type":{}}`,
	``, `{`, `{}`, `[]`, `null`, `7`, `"type"`, `{"type":"x"`, `{"type":"x",}`, `{"type":"x"}}`, `{"type"}`, `{"type":}`, `{"type":"x","payload":`,
	`{"type":"x","payload":{"a":1}`, `{"type":"x`, `{"type":"x" "reason":"y"}`, "{\"type\":\"\xff\"}", `{"type":"x","more":{"type":"y"}}`, `{"type":"x","k":1}`,
}

// FuzzParse compares with encoding/json: whatever it accepts is read the same.
func FuzzParse(f *testing.F) {
	for _, frame := range frames {
		f.Add([]byte(frame))
	}
	f.Add(mention(42))
	f.Fuzz(func(t *testing.T, data []byte) {
		var want struct {
			ID          string          `json:"envelope_id"`
			Type        string          `json:"type"`
			Reason      string          `json:"reason"`
			Payload     json.RawMessage `json:"payload"`
			Accepts     bool            `json:"accepts_response_payload"`
			Attempt     int             `json:"retry_attempt"`
			RetryReason string          `json:"retry_reason"`
		}
		accepted := json.Unmarshal(data, &want) == nil && want.Type != ""
		got, ok := parse(data)
		if ok && !accepted && json.Valid(data) {
			t.Fatalf("%q is JSON, no frame, and was read as %+v", data, got)
		}
		if !accepted {
			return
		}
		if !ok {
			t.Fatalf("%q was not read", data)
		}
		e := got.envelope()
		if e.ID != want.ID || e.Type != want.Type || string(got.reason) != want.Reason || string(e.Payload) != string(want.Payload) ||
			e.AcceptsResponse != want.Accepts || e.RetryAttempt != want.Attempt || e.RetryReason != want.RetryReason {
			t.Fatalf("%q was read as %+v, want %+v", data, e, want)
		}
	})
}

// TestScanned is that what Slack sends does not take the slow way.
func TestScanned(t *testing.T) {
	for _, frame := range append(frames[:5:5], string(mention(7))) {
		if _, ok := scan([]byte(frame)); !ok {
			t.Errorf("%s is left to encoding/json", frame)
		}
	}
	f, _ := scan(mention(7))
	if e := f.envelope(); e.Type != "events_api" || e.RetryAttempt != 1 || e.RetryReason != "timeout" || !strings.HasPrefix(string(e.Payload), `{"token"`) {
		t.Errorf("read %+v", e)
	}
	data := mention(7)
	if n := testing.AllocsPerRun(100, func() { scan(data) }); n != 0 {
		t.Errorf("%v allocations for a frame, want none", n)
	}
}

// TestEnvelopeIsKept is that an envelope is no part of the buffer that the next frame is read into.
func TestEnvelopeIsKept(t *testing.T) {
	data := mention(7)
	f, _ := parse(data)
	e := f.envelope()
	before := fmt.Sprintf("%s %s %s %s", e.ID, e.Type, e.Payload, e.RetryReason)
	clear(data)
	if after := fmt.Sprintf("%s %s %s %s", e.ID, e.Type, e.Payload, e.RetryReason); after != before {
		t.Errorf("the envelope changed to %q", after)
	}
}

func TestAckFrame(t *testing.T) {
	for _, c := range []struct{ id, payload, want string }{
		{"x-1", "", `{"envelope_id":"x-1"}`},
		{`"`, `{"text":"hi"}`, `{"envelope_id":"\"","payload":{"text":"hi"}}`},
	} {
		var payload []byte
		if c.payload != "" {
			payload = []byte(c.payload)
		}
		if got, err := ackFrame(c.id, payload); err != nil || string(got) != c.want {
			t.Errorf("the frame is %s, %v; want %s", got, err, c.want)
		}
	}
	around := len(`{"envelope_id":"x","payload":}`)
	if _, err := ackFrame("x", make([]byte, maxAck-around-1)); err != nil {
		t.Errorf("one byte less than the limit: %v", err)
	}
	if _, err := ackFrame("x", make([]byte, maxAck-around)); err == nil {
		t.Error("an acknowledgement of the limit is sent")
	}
}

func BenchmarkEnvelope(b *testing.B) {
	data := mention(123456)
	b.Run("socket", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			f, ok := parse(data)
			if e := f.envelope(); !ok || e.RetryAttempt != 1 {
				b.Fatal("not read")
			}
		}
	})
	b.Run("slack-go", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			var raw json.RawMessage
			var r socketmode.Request
			if json.Unmarshal(data, &raw) != nil || json.Unmarshal(raw, &r) != nil {
				b.Fatal("not read")
			}
			if _, err := slackevents.ParseEvent(r.Payload, slackevents.OptionNoVerifyToken()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
