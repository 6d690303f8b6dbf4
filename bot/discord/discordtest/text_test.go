package discordtest

import "testing"

// TestText: a message reads as a person reads it.
func TestText(t *testing.T) {
	names := map[string]string{"7": "Ada"}
	for _, tt := range []struct{ markdown, want string }{
		{"plain", "plain"},
		{"### **Anora** won", "Anora won"},
		{"-# 1 of 10", "1 of 10"},
		{"- **A** b", "- A b"},
		{"1. one", "1. one"},
		{`\*not bold\* \_ \# \@everyone \<@7\>`, "*not bold* _ # @everyone <@7>"},
		{`C:\dir`, `C:\dir`},
		{`**bold \*\* still**`, "bold ** still"},
		{"~~gone~~ ||hidden|| `code` *it* __under__", "gone hidden code it under"},
		{"2 * 3 = 6", "2 * 3 = 6"},
		{"a **b", "a **b"},
		{"[Oscars](https://oscars.org/a_b)", "Oscars (https://oscars.org/a_b)"},
		{`[a \[b\]](https://x.org)!`, "a [b] (https://x.org)!"},
		{"[not a link] (x)", "[not a link] (x)"},
		{"[not](a link) [nor](this)", "[not](a link) [nor](this)"},
		{"Closes <t:1795348830:R>.", "Closes <time>."},
		{"<t:-5> <t:x>", "<time> <t:x>"},
		{"<@7> and <@!7> and <@8>", "@Ada and @Ada and @unknown-user"},
		{"<:oscar:123> <a:dance:4>", ":oscar: :dance:"},
		{"### Ünïcode — “ok”", "Ünïcode — “ok”"},
		{"first\n-# second", "first\nsecond"},
		{"", ""},
	} {
		m := Message{Content: tt.markdown, names: names}
		if got := Text(m); got != tt.want {
			t.Errorf("%q reads %q, want %q", tt.markdown, got, tt.want)
		}
	}
}

// TestTextOfComponents: components read from top to bottom, and buttons are listed.
func TestTextOfComponents(t *testing.T) {
	m := Message{Components: []byte(`[{"type":10,"content":"### Head\nline"},{"type":17,"components":[
		{"type":10,"content":"in a *box*"},{"type":14},
		{"type":9,"components":[{"type":10,"content":"beside"}],"accessory":{"type":2,"label":"Side","custom_id":"s"}},
		{"type":12,"items":[{"description":"a poster"}]},
		{"type":1,"components":[{"type":2,"label":"Yes","custom_id":"y"},{"type":2,"label":"No","custom_id":"n","disabled":true}]},
		{"type":1,"components":[{"type":3,"custom_id":"m","placeholder":"Choose"}]}]}]`)}
	want := "Head\nline\nin a box\nbeside\n[Side]\na poster\n[Yes] [No]\n[Choose]"
	if got := Text(m); got != want {
		t.Errorf("it reads %q, want %q", got, want)
	}
	bs := Buttons(m)
	if len(bs) != 3 || bs[0].CustomID != "s" || bs[1].Label != "Yes" || !bs[2].Disabled {
		t.Errorf("the buttons are %+v", bs)
	}
}
