package discordtest

import (
	"fmt"
	"strings"
	"testing"
)

// TestModalLimits: a modal has a title and up to five fields.
func TestModalLimits(t *testing.T) {
	const in = "components.0.components.0"
	sends := []sending{{"POST", callbackPath, `{"type":9,"data":%}`}}
	modal := func(parts string) string { return `{"custom_id":"m","title":"T","components":[` + parts + `]}` }
	input := func(id int, more string) string {
		return fmt.Sprintf(`{"type":4,"custom_id":"i%d","style":1%s}`, id, more)
	}
	inRow := func(more string) string { return modal(rowOf(input(1, `,"label":"x"`+more))) }
	label := func(component string) string { return `{"type":18,"label":"x","component":` + component + `}` }
	const l = "components.0.component"
	judge(t, checkModal, sends, []trial{
		{name: "no JSON", body: `[]`, want: " BASE_TYPE_BAD"},
		{name: "empty", body: `{}`, want: "components BASE_TYPE_BAD_LENGTH; custom_id BASE_TYPE_REQUIRED; title BASE_TYPE_REQUIRED"},
		{name: "whole field", body: inRow(`,"style":2,"placeholder":"p","value":"v","required":false,"min_length":0,"max_length":4000`)},
		{name: "no label", body: modal(rowOf(input(1, ""))), want: in + ".label BASE_TYPE_REQUIRED"},
		{name: "no ID", body: modal(rowOf(`{"type":4,"style":1,"label":"x"}`)), want: in + ".custom_id BASE_TYPE_REQUIRED"},
		{name: "no style", body: modal(rowOf(`{"type":4,"custom_id":"x","label":"x"}`)), want: in + ".style BASE_TYPE_CHOICES"},
		{name: "two in a row", body: modal(rowOf(input(1, `,"label":"x"`) + "," + input(2, `,"label":"x"`))),
			want: "components.0.components BASE_TYPE_BAD_LENGTH"},
		{name: "empty row", body: modal(rowOf("")), want: "components.0.components BASE_TYPE_BAD_LENGTH"},
		{name: "button in a row", body: modal(rowOf(press(1))), want: in + ".type BASE_TYPE_CHOICES"},
		{name: "field without a row", body: modal(input(1, `,"label":"x"`)), want: "components.0.type BASE_TYPE_CHOICES"},
		{name: "IDs twice", body: modal(rowOf(input(1, `,"label":"x"`)) + "," + label(input(1, ""))),
			want: "components.1.component.custom_id COMPONENT_CUSTOM_ID_DUPLICATED"},
		{name: "numbers twice", body: modal(`{"id":3,` + words("x")[1:] + `,{"id":3,` + words("x")[1:]), want: "components.1.id COMPONENT_ID_DUPLICATED"},
		{name: "numbers of fields twice", body: modal(rowOf(input(1, `,"id":3,"label":"x"`)) + "," + label(input(2, `,"id":3`))),
			want: "components.1.component.id COMPONENT_ID_DUPLICATED"},
		{name: "numbers of row and select twice", body: modal(`{"id":3,` + rowOf(input(1, `,"label":"x"`))[1:] + "," + label(`{"type":5,"id":3,"custom_id":"5"}`)),
			want: "components.1.component.id COMPONENT_ID_DUPLICATED"},
		{name: "numbers of label and checkbox twice", body: modal(`{"id":3,` + label(`{"type":23,"id":3,"custom_id":"23"}`)[1:]),
			want: l + ".id COMPONENT_ID_DUPLICATED"},
		{name: "least over most", body: inRow(`,"min_length":3,"max_length":2`), want: in + ".min_length NUMBER_TYPE_MAX"},
		{name: "least is most", body: inRow(`,"min_length":3,"max_length":3`)},
		{name: "label and text", body: modal(words("x") + "," + label(input(1, "")))},
		{name: "empty text", body: modal(words("")), want: "components.0.content BASE_TYPE_REQUIRED"},
		{name: "label on nothing", body: modal(`{"type":18,"label":"x"}`), want: l + " BASE_TYPE_REQUIRED"},
		{name: "label on a button", body: modal(label(press(1))), want: l + ".type BASE_TYPE_CHOICES"},
		{name: "label without words", body: modal(strings.Replace(label(input(1, "")), `"x"`, `""`, 1)), want: "components.0.label BASE_TYPE_REQUIRED"},
		{name: "select", body: modal(label(`{"type":3,"custom_id":"s","options":[{"label":"x","value":"y"}],"required":true}`))},
		{name: "select without options", body: modal(label(`{"type":3,"custom_id":"s","min_values":0}`)), want: l + ".options BASE_TYPE_BAD_LENGTH"},
		{name: "the other kinds", body: modal(label(`{"type":6,"custom_id":"6"}`) + "," + label(`{"type":19,"custom_id":"19"}`) + "," +
			label(`{"type":21,"custom_id":"21","options":[{"label":"x","value":"y"},{"label":"x","value":"z"}]}`) + "," +
			label(`{"type":22,"custom_id":"22","options":[{"label":"x","value":"y"},{"label":"x","value":"z"}]}`) + "," + label(`{"type":23,"custom_id":"23"}`))},
		{name: "other kind without an ID", body: modal(label(`{"type":23}`)), want: l + ".custom_id BASE_TYPE_REQUIRED"},
	},
		edge{name: "title", least: 1, most: 45, body: func(n int) string { return strings.Replace(inRow(""), `"T"`, `"`+xs(n)+`"`, 1) },
			low: "title BASE_TYPE_REQUIRED", high: "title BASE_TYPE_MAX_LENGTH"},
		edge{name: "custom ID", least: 1, most: 100, body: func(n int) string { return strings.Replace(inRow(""), `"m"`, `"`+xs(n)+`"`, 1) },
			low: "custom_id BASE_TYPE_REQUIRED", high: "custom_id BASE_TYPE_MAX_LENGTH"},
		edge{name: "components", least: 1, most: 5, body: func(n int) string {
			return modal(times(n, func(i int) string { return rowOf(input(i, `,"label":"x"`)) }))
		}, low: "components BASE_TYPE_BAD_LENGTH", high: "components BASE_TYPE_BAD_LENGTH"},
		edge{name: "field label", least: 1, most: 45, body: func(n int) string { return modal(rowOf(input(1, `,"label":"`+xs(n)+`"`))) },
			low: in + ".label BASE_TYPE_REQUIRED", high: in + ".label BASE_TYPE_MAX_LENGTH"},
		edge{name: "field ID", least: 1, most: 100, body: func(n int) string { return strings.Replace(inRow(""), `"i1"`, `"`+xs(n)+`"`, 1) },
			low: in + ".custom_id BASE_TYPE_REQUIRED", high: in + ".custom_id BASE_TYPE_MAX_LENGTH"},
		edge{name: "style", least: 1, most: 2, body: func(n int) string { return inRow(fmt.Sprintf(`,"style":%d`, n)) },
			low: in + ".style BASE_TYPE_CHOICES", high: in + ".style BASE_TYPE_CHOICES"},
		edge{name: "placeholder", most: 100, body: func(n int) string { return inRow(`,"placeholder":"` + xs(n) + `"`) },
			high: in + ".placeholder BASE_TYPE_MAX_LENGTH"},
		edge{name: "value", most: 4000, body: func(n int) string { return inRow(`,"value":"` + xs(n) + `"`) },
			high: in + ".value BASE_TYPE_MAX_LENGTH"},
		edge{name: "least length", least: 0, most: 4000, body: func(n int) string { return inRow(fmt.Sprintf(`,"min_length":%d`, n)) },
			low: in + ".min_length NUMBER_TYPE_MIN", high: in + ".min_length NUMBER_TYPE_MAX"},
		edge{name: "most length", least: 1, most: 4000, body: func(n int) string { return inRow(fmt.Sprintf(`,"max_length":%d`, n)) },
			low: in + ".max_length NUMBER_TYPE_MIN", high: in + ".max_length NUMBER_TYPE_MAX"},
		edge{name: "label of a label", least: 1, most: 45, body: func(n int) string {
			return modal(strings.Replace(label(input(1, "")), `"x"`, `"`+xs(n)+`"`, 1))
		}, low: "components.0.label BASE_TYPE_REQUIRED", high: "components.0.label BASE_TYPE_MAX_LENGTH"},
		edge{name: "label below a label", most: 45, body: func(n int) string { return modal(label(input(1, `,"label":"`+xs(n)+`"`))) },
			high: l + ".label BASE_TYPE_MAX_LENGTH"},
		edge{name: "description of a label", least: 1, most: 100, body: func(n int) string {
			return modal(`{"description":"` + xs(n) + `",` + label(input(1, ""))[1:])
		}, low: "components.0.description BASE_TYPE_REQUIRED", high: "components.0.description BASE_TYPE_MAX_LENGTH"},
	)
}

// TestChoiceLimits: suggestions to what is being typed.
func TestChoiceLimits(t *testing.T) {
	sends := []sending{{"POST", callbackPath, `{"type":8,"data":%}`}}
	list := func(choices string) string { return `{"choices":[` + choices + `]}` }
	judge(t, checkChoices, sends, []trial{
		{name: "none", body: list("")},
		{name: "null", body: `{"choices":null}`, want: "choices BASE_TYPE_REQUIRED"},
		{name: "left out", body: `{}`, want: "choices BASE_TYPE_REQUIRED"},
		{name: "no list", body: `{"choices":{}}`, want: " BASE_TYPE_BAD"},
		{name: "a number", body: list(`{"name":"x","value":9007199254740991}`)},
		{name: "a fraction", body: list(`{"name":"x","value":0.5}`)},
		{name: "too large a number", body: list(`{"name":"x","value":9007199254740992}`), want: "choices.0.value NUMBER_TYPE_COERCE"},
		{name: "a truth", body: list(`{"name":"x","value":true}`), want: "choices.0.value STRING_TYPE_CONVERT"},
		{name: "no value", body: list(`{"name":"x"}`), want: "choices.0.value BASE_TYPE_REQUIRED"},
		{name: "the same twice", body: list(`{"name":"x","value":"y"},{"name":"x","value":"y"}`)},
		{name: "a locale", body: list(`{"name":"x","name_localizations":{"de":"y","es-419":"z"},"value":"y"}`)},
		{name: "no locale", body: list(`{"name":"x","name_localizations":{"es":"z"},"value":"y"}`), want: "choices.0.name_localizations.es BASE_TYPE_CHOICES"},
	},
		edge{name: "choices", most: 25, body: func(n int) string { return list(same(n, `{"name":"x","value":"y"}`)) },
			high: "choices BASE_TYPE_BAD_LENGTH"},
		edge{name: "name", least: 1, most: 100, body: func(n int) string { return list(`{"name":"` + xs(n) + `","value":"y"}`) },
			low: "choices.0.name BASE_TYPE_REQUIRED", high: "choices.0.name BASE_TYPE_MAX_LENGTH"},
		edge{name: "value", least: 1, most: 100, body: func(n int) string { return list(`{"name":"x","value":"` + xs(n) + `"}`) },
			low: "choices.0.value BASE_TYPE_REQUIRED", high: "choices.0.value BASE_TYPE_MAX_LENGTH"},
		edge{name: "localised name", least: 1, most: 100, body: func(n int) string {
			return list(`{"name":"x","name_localizations":{"de":"` + xs(n) + `"},"value":"y"}`)
		}, low: "choices.0.name_localizations.de BASE_TYPE_REQUIRED", high: "choices.0.name_localizations.de BASE_TYPE_MAX_LENGTH"},
	)
}
