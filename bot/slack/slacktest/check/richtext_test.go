package check

import (
	"strings"
	"testing"
)

func rich(parts ...any) object     { return object{"type": "rich_text", "elements": parts} }
func section(inline ...any) object { return object{"type": "rich_text_section", "elements": inline} }
func richWords(s string) object    { return object{"type": "text", "text": s} }
func cell(s string) object         { return object{"type": "raw_text", "text": s} }
func tableOf(rows ...any) object   { return object{"type": "table", "rows": rows} }
func cells(n int, of object) []any { return times(n, func(int) any { return of }) }
func listOf(style string) object {
	return object{"type": "rich_text_list", "style": style, "elements": []any{section(richWords("x"))}}
}
func one(e object) object        { return rich(section(e)) }
func styled(style object) object { return one(with(richWords("x"), object{"style": style})) }
func preformatted(e object) object {
	return rich(object{"type": "rich_text_preformatted", "elements": []any{e}})
}
func quoted(e object) object { return rich(object{"type": "rich_text_quote", "elements": []any{e}}) }
func date(more object) object {
	return one(with(object{"type": "date", "timestamp": 1_700_000_000, "format": "{time}"}, more))
}

func TestRichTextRules(t *testing.T) {
	user := object{"type": "user", "user_id": "U1"}
	try(t, []rule{
		{"text", one(richWords("x")), one(richWords("")), "text is empty"},
		{"no parts", one(richWords("x")), object{"type": "rich_text", "elements": []any{}}, "at least 1"},
		{"no inline", one(richWords("x")), rich(object{"type": "rich_text_section", "elements": []any{}}), "at least 1"},
		{"unknown part", one(richWords("x")), rich(object{"type": "rich_text_table"}), "unknown type"},
		{"unknown inline", one(richWords("x")), one(object{"type": "button"}), "unknown type"},
		{"list", rich(listOf("ordered")), rich(listOf("dotted")), "[bullet ordered]"},
		{"list of sections", rich(listOf("bullet")), rich(with(listOf("bullet"), object{"elements": []any{richWords("x")}})),
			"rich_text_section is needed"},
		{"indent", rich(with(listOf("bullet"), object{"indent": 8})), rich(with(listOf("bullet"), object{"indent": 9})), "0 to 8"},
		{"quote", quoted(user), quoted(object{}), "unknown type"},
		{"preformatted", preformatted(richWords("x")), preformatted(user), "[text link] is allowed"},
		{"link", one(object{"type": "link", "url": long(3000)}), one(object{"type": "link", "url": long(3001)}), "3000 are allowed"},
		{"date", date(nil), date(object{"format": ""}), "format is empty"},
		{"timestamp", date(object{"fallback": "then"}), date(object{"timestamp": "1"}), "a whole number is needed"},
		{"user", one(user), one(object{"type": "user"}), "user_id is missing"},
		{"usergroup", one(object{"type": "usergroup", "usergroup_id": "S1"}), one(object{"type": "usergroup"}), "usergroup_id is missing"},
		{"channel", one(object{"type": "channel", "channel_id": "C1"}), one(object{"type": "channel"}), "channel_id is missing"},
		{"broadcast", one(object{"type": "broadcast", "range": "here"}), one(object{"type": "broadcast", "range": "all"}), "[here"},
		{"emoji", one(object{"type": "emoji", "name": "tada"}), one(object{"type": "emoji"}), "name is missing"},
		{"color", one(object{"type": "color", "value": "#aabbcc"}), one(object{"type": "color"}), "value is missing"},
		{"style", styled(object{"bold": true}), styled(object{"bold": "yes"}), "true or false"},
		{"unknown style", styled(object{"code": true}), styled(object{"big": true}), "style.big is unknown"},
	}, inBlocks(t))
}

func TestTableRules(t *testing.T) {
	// tables are checked alone, as their JSON would be too long otherwise.
	alone := func(v any) []string {
		c := newChecker("invalid_blocks", inMessage)
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		parsed, err := decode(raw(t, list))
		if err != nil {
			t.Fatal(err)
		}
		list, _ = parsed.([]any)
		c.blocks("blocks", list, maxBlocks)
		return c.found
	}
	rows := func(n int) object { return tableOf(times(n, func(int) any { return cells(1, cell("x")) })...) }
	settings := func(n int) object {
		return with(rows(1), object{"column_settings": times(n, func(int) any { return object{"align": "right"} })})
	}
	try(t, []rule{
		{"rows", rows(100), rows(101), "100 are allowed"},
		{"no rows", rows(1), object{"type": "table", "rows": []any{}}, "at least 1"},
		{"cells", tableOf(cells(20, cell("x"))), tableOf(cells(21, cell("x"))), "20 are allowed"},
		{"no cells", rows(1), tableOf([]any{}), "has no cells"},
		{"empty cell", rows(1), tableOf(cells(1, cell(""))), "text is empty"},
		{"empty rich cell", tableOf(cells(1, one(richWords("x")))), tableOf(cells(1, one(richWords("")))), "text is empty"},
		{"number", tableOf(cells(1, object{"type": "raw_number", "value": 1, "text": "1"})),
			tableOf(cells(1, object{"type": "raw_number", "value": "1"})), "a number is needed"},
		{"number as shown", rows(1), tableOf(cells(1, object{"type": "raw_number", "value": 1})), "text is missing"},
		{"unknown cell", rows(1), tableOf(cells(1, plain("x"))), "cell of the unknown type"},
		{"characters", tableOf(cells(2, cell(long(5000)))), tableOf(cells(2, cell(long(5000))), cells(1, cell("x"))),
			"10001 characters in its cells; 10000 are allowed"},
		{"rich characters", tableOf(cells(2, one(richWords(long(5000))))),
			tableOf(cells(2, one(richWords(long(5000)))), cells(1, cell("x"))), "10001 characters"},
		{"one table", rows(1), []any{rows(1), rows(1)}, "only one table is allowed; blocks[1] is the second"},
		{"column settings", settings(20), settings(21), "20 are allowed"},
		{"wrapped", with(rows(1), object{"column_settings": []any{object{"is_wrapped": true}}}),
			with(rows(1), object{"column_settings": []any{nil}}), "not an object"},
		{"align", settings(1), with(rows(1), object{"column_settings": []any{object{"align": "top"}}}), "[left center right]"},
	}, alone)
	if found := strings.Join(Message("", raw(t, []any{rows(1), rows(1)})), "\n"); !strings.HasPrefix(found, "invalid_blocks: only one") {
		t.Errorf("two tables: %q", found)
	}
}
