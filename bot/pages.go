package bot

import "slices"

// Paged is a view whose spans that lead to pages of ours are links below base, as in https://whowon.example.org. Where base
// is empty they are text. The view itself stays as it is.
func Paged(v View, base string) View {
	v.Title, v.Lead = pagedLine(v.Title, base), pagedLine(v.Lead, base)
	v.Footer = pagedLines(v.Footer, base)
	v.Blocks = slices.Clone(v.Blocks)
	for i, b := range v.Blocks {
		switch b := b.(type) {
		case *Text:
			v.Blocks[i] = &Text{Lines: pagedLines(b.Lines, base)}
		case *List:
			list := *b
			list.Title, list.More, list.Items = pagedLine(b.Title, base), pagedLine(b.More, base), slices.Clone(b.Items)
			for j := range list.Items {
				list.Items[j].Line = pagedLine(list.Items[j].Line, base)
			}
			v.Blocks[i] = &list
		case *Table:
			table := *b
			table.More, table.Rows = pagedLine(b.More, base), slices.Clone(b.Rows)
			for j := range table.Rows {
				table.Rows[j] = pagedLines(table.Rows[j], base)
			}
			v.Blocks[i] = &table
		}
	}
	return v
}

func pagedLines(lines []Line, base string) []Line {
	lines = slices.Clone(lines)
	for i := range lines {
		lines[i] = pagedLine(lines[i], base)
	}
	return lines
}

func pagedLine(l Line, base string) Line {
	if !slices.ContainsFunc(l, func(s Span) bool { return s.Kind == SpanPage }) {
		return l
	}
	out := make(Line, 0, len(l))
	for i, s := range l {
		page := s.Kind == SpanPage
		switch {
		case page && base != "":
			s = Link(s.Text, base+s.URL)
		case page && s.Bold:
			s = B(s.Text)
		case page:
			s = T(s.Text)
		}
		// Text that was cut for the sake of a link is one again: a span costs room on some platforms.
		cut := page || i > 0 && l[i-1].Kind == SpanPage
		if n := len(out); cut && n > 0 && s.Kind == SpanText && out[n-1].Kind == SpanText {
			out[n-1].Text += s.Text
			continue
		}
		out = append(out, s)
	}
	return out
}
