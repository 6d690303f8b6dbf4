package bot

import "testing"

func TestPaged(t *testing.T) {
	page := Page("Anora", "/w/anora")
	v := View{
		Title:  L(page),
		Blocks: []Block{&Text{Lines: []Line{L("x ", page)}}, &List{Items: []Item{{Line: L(page)}}}, &Table{Rows: [][]Line{{L(page)}}}},
		Footer: []Line{L(page)},
	}
	linked := Paged(v, "https://whowon.example.org")
	text := Paged(v, "")
	for name, lines := range map[string]func(View) Line{
		"title": func(v View) Line { return v.Title }, "footer": func(v View) Line { return v.Footer[0] },
		"text":  func(v View) Line { return v.Blocks[0].(*Text).Lines[0][1:] },
		"list":  func(v View) Line { return v.Blocks[1].(*List).Items[0].Line },
		"table": func(v View) Line { return v.Blocks[2].(*Table).Rows[0][0] },
	} {
		if s := lines(linked)[0]; s.Kind != SpanLink || s.URL != "https://whowon.example.org/w/anora" || s.Text != "Anora" {
			t.Errorf("%s: %+v is no link to the page", name, s)
		}
		if s := lines(text)[0]; s.Kind != SpanText || s.URL != "" {
			t.Errorf("%s: without pages it is %+v", name, s)
		}
		if s := lines(v)[0]; s.Kind != SpanPage {
			t.Errorf("%s: the view itself has changed to %+v", name, s)
		}
	}
	for _, path := range []string{"", "w", "//evil.example", "/a b", "/\\evil", "/a\nb", `/"`} {
		if s := Page("x", path); s.Kind != SpanText {
			t.Errorf("%q leads somewhere: %+v", path, s)
		}
	}
}
