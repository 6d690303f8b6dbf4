package discordtest

import (
	"fmt"
	"strings"
	"testing"
)

func button(fields string) string { return `{"type":2,` + fields + `}` }

// press is a button that does something.
func press(i int) string { return button(fmt.Sprintf(`"style":1,"label":"x","custom_id":"b%d"`, i)) }

func rowOf(in string) string { return `{"type":1,"components":[` + in + `]}` }

func words(s string) string { return `{"type":10,"content":"` + s + `"}` }

func withRows(components string) string { return `{"content":"x","components":[` + components + `]}` }

func withFlag(components string) string { return `{"flags":32768,"components":[` + components + `]}` }

// TestRowLimits: without the flag there are rows, of buttons or of one select.
func TestRowLimits(t *testing.T) {
	const rows = "components.0.components"
	list := func(fields string) string { return withRows(rowOf(`{"type":3,"custom_id":"s",` + fields + `}`)) }
	options := func(n int) string {
		return `"options":[` + times(n, func(i int) string { return fmt.Sprintf(`{"label":"x","value":"v%d"}`, i) }) + `]`
	}
	one := func(name string) func(n int) string {
		return func(n int) string {
			o := `{"label":"a","value":"b","description":"c"}`
			return list(`"options":[` + strings.Replace(o, `"`+name+`":"`, `"`+name+`":"`+xs(n-1), 1) + `]`)
		}
	}
	judge(t, checkNew, newMessages(), []trial{
		{name: "text without the flag", body: withRows(words("x")), want: "components.0.type BASE_TYPE_CHOICES"},
		{name: "button without a row", body: withRows(press(1)), want: "components.0.type BASE_TYPE_CHOICES"},
		{name: "null", body: withRows("null"), want: "components.0.type BASE_TYPE_CHOICES"},
		{name: "row in a row", body: withRows(rowOf(rowOf(press(1)))), want: rows + ".0.type BASE_TYPE_CHOICES"},
		{name: "rows alone", body: `{"components":[` + rowOf(press(1)) + `]}`},
		{name: "select and button", body: withRows(rowOf(`{"type":5,"custom_id":"s"},` + press(1))), want: rows + " COMPONENT_LAYOUT_WIDTH_EXCEEDED"},
		{name: "selects of all kinds", body: withRows(rowOf(`{"type":3,"custom_id":"3",`+options(1)+`}`) + "," + times(4, func(i int) string {
			return rowOf(fmt.Sprintf(`{"type":%d,"custom_id":"%d","placeholder":"p","min_values":0,"max_values":25}`, 5+i, 5+i))
		}))},
		{name: "text input", body: withRows(rowOf(`{"type":4,"custom_id":"x","style":1,"label":"x"}`)), want: rows + ".0.type BASE_TYPE_CHOICES"},
		{name: "options of users", body: withRows(rowOf(`{"type":5,"custom_id":"s",` + options(1) + `}`)), want: rows + ".0.options BASE_TYPE_FORBIDDEN"},
		{name: "select without an ID", body: withRows(rowOf(`{"type":3,` + options(1) + `}`)), want: rows + ".0.custom_id BASE_TYPE_REQUIRED"},
		{name: "more to choose than there is", body: list(options(2) + `,"min_values":3,"max_values":3`), want: rows + ".0.min_values NUMBER_TYPE_MAX"},
		{name: "least over most", body: list(options(3) + `,"min_values":2`), want: rows + ".0.min_values NUMBER_TYPE_MAX"},
		{name: "values twice", body: list(`"options":[` + same(2, `{"label":"x","value":"y"}`) + `]`),
			want: rows + ".0.options.1.value SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"},
		{name: "one chosen", body: list(`"options":[{"label":"x","value":"y","default":true},{"label":"x","value":"z"}]`)},
		{name: "two chosen of one", body: list(`"options":[{"label":"x","value":"y","default":true},{"label":"x","value":"z","default":true}]`),
			want: rows + ".0.options SELECT_COMPONENT_TOO_MANY_DEFAULTS"},
		{name: "IDs twice", body: withRows(rowOf(press(1)) + "," + rowOf(press(1))),
			want: "components.1.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED"},
		{name: "numbers", body: withRows(rowOf(button(`"id":7,"style":1,"label":"x","custom_id":"x"`) + "," + button(`"id":0,"style":1,"label":"x","custom_id":"y"`)))},
		{name: "numbers twice", body: withRows(rowOf(button(`"id":7,"style":1,"label":"x","custom_id":"x"`) + "," + button(`"id":7,"style":1,"label":"x","custom_id":"y"`))),
			want: rows + ".1.id COMPONENT_ID_DUPLICATED"},
	},
		edge{name: "rows", least: 0, most: 5, body: func(n int) string { return withRows(times(n, func(i int) string { return rowOf(press(i)) })) },
			high: "components BASE_TYPE_BAD_LENGTH"},
		edge{name: "buttons", least: 1, most: 5, body: func(n int) string { return withRows(rowOf(times(n, press))) },
			low: rows + " BASE_TYPE_BAD_LENGTH", high: rows + " BASE_TYPE_BAD_LENGTH"},
		edge{name: "options", least: 1, most: 25, body: func(n int) string { return list(options(n)) },
			low: rows + ".0.min_values NUMBER_TYPE_MAX; " + rows + ".0.options BASE_TYPE_BAD_LENGTH", high: rows + ".0.options BASE_TYPE_BAD_LENGTH"},
		edge{name: "placeholder", most: 150, body: func(n int) string { return list(options(1) + `,"placeholder":"` + xs(n) + `"`) },
			high: rows + ".0.placeholder BASE_TYPE_MAX_LENGTH"},
		edge{name: "fewest values", least: 0, most: 25, body: func(n int) string {
			return list(options(25) + fmt.Sprintf(`,"max_values":25,"min_values":%d`, n))
		}, low: rows + ".0.min_values NUMBER_TYPE_MIN",
			high: rows + ".0.min_values NUMBER_TYPE_MAX; " + rows + ".0.min_values NUMBER_TYPE_MAX; " + rows + ".0.min_values NUMBER_TYPE_MAX"},
		edge{name: "most values", least: 1, most: 25, body: func(n int) string {
			return list(options(25) + fmt.Sprintf(`,"min_values":0,"max_values":%d`, n))
		}, low: rows + ".0.max_values NUMBER_TYPE_MIN", high: rows + ".0.max_values NUMBER_TYPE_MAX"},
		edge{name: "option label", least: 1, most: 100, body: one("label"), high: rows + ".0.options.0.label BASE_TYPE_MAX_LENGTH"},
		edge{name: "option value", least: 1, most: 100, body: one("value"), high: rows + ".0.options.0.value BASE_TYPE_MAX_LENGTH"},
		edge{name: "option description", most: 100, body: one("description"), high: rows + ".0.options.0.description BASE_TYPE_MAX_LENGTH"},
	)
}

// TestButtonLimits: what a button shows, and the one thing that it does.
func TestButtonLimits(t *testing.T) {
	const at = "components.0.components.0"
	b := func(fields string) string { return withRows(rowOf(button(fields))) }
	judge(t, checkNew, newMessages(), []trial{
		{name: "emoji", body: b(`"style":2,"custom_id":"x","emoji":{"name":"🎬"}`)},
		{name: "emoji of a guild", body: b(`"style":3,"custom_id":"x","emoji":{"id":"1","name":"oscar","animated":true}`)},
		{name: "emoji by its ID alone", body: b(`"style":4,"custom_id":"x","emoji":{"id":"1"}`),
			apart: "the document wants a name too, of what is documented as partial"},
		{name: "empty emoji", body: b(`"style":1,"custom_id":"x","emoji":{}`), want: at + " BUTTON_COMPONENT_EMPTY"},
		{name: "nothing on it", body: b(`"style":1,"custom_id":"x"`), want: at + " BUTTON_COMPONENT_EMPTY"},
		{name: "blank label", body: b(`"style":1,"custom_id":"x","label":" "`), want: at + " BUTTON_COMPONENT_EMPTY"},
		{name: "does nothing", body: b(`"style":1,"label":"x"`), want: at + ".custom_id BASE_TYPE_REQUIRED"},
		{name: "leads elsewhere too", body: b(`"style":1,"label":"x","custom_id":"x","url":"https://a.example"`), want: at + ".url BASE_TYPE_FORBIDDEN"},
		{name: "sells too", body: b(`"style":1,"label":"x","custom_id":"x","sku_id":"1"`), want: at + ".sku_id BASE_TYPE_FORBIDDEN"},
		{name: "link", body: b(`"style":5,"label":"x","url":"https://a.example"`)},
		{name: "link into the client", body: b(`"style":5,"label":"x","url":"discord://-/channels/@me"`)},
		{name: "link to a script", body: b(`"style":5,"label":"x","url":"javascript://a/b"`), want: at + ".url URL_TYPE_INVALID_SCHEME"},
		{name: "link to nowhere", body: b(`"style":5,"label":"x"`), want: at + ".url BASE_TYPE_REQUIRED"},
		{name: "link with an ID", body: b(`"style":5,"label":"x","url":"https://a.example","custom_id":"x"`), want: at + ".custom_id BASE_TYPE_FORBIDDEN"},
		{name: "link without a label", body: b(`"style":5,"url":"https://a.example"`), want: at + " BUTTON_COMPONENT_EMPTY"},
		{name: "premium", body: b(`"style":6,"sku_id":"1"`)},
		{name: "premium without a SKU", body: b(`"style":6,"sku_id":null`), want: at + ".sku_id BASE_TYPE_REQUIRED"},
		{name: "premium with all", body: b(`"style":6,"sku_id":"1","label":"x","custom_id":"x","url":"https://a.example","emoji":{"name":"x"}`),
			want: at + ".custom_id BASE_TYPE_FORBIDDEN; " + at + ".emoji BASE_TYPE_FORBIDDEN; " + at + ".label BASE_TYPE_FORBIDDEN; " + at + ".url BASE_TYPE_FORBIDDEN"},
		{name: "no style", body: b(`"label":"x","custom_id":"x"`), want: at + ".style BASE_TYPE_CHOICES"},
	},
		edge{name: "style", least: 1, most: 4, body: func(n int) string { return b(fmt.Sprintf(`"style":%d,"label":"x","custom_id":"x"`, n)) },
			low: at + ".style BASE_TYPE_CHOICES", high: at + ".custom_id BASE_TYPE_FORBIDDEN; " + at + ".url BASE_TYPE_REQUIRED"},
		edge{name: "label", most: 80, body: func(n int) string { return b(`"style":1,"custom_id":"x","label":"` + xs(n) + `"`) },
			high: at + ".label BASE_TYPE_MAX_LENGTH"},
		edge{name: "custom ID", least: 1, most: 100, body: func(n int) string { return b(`"style":1,"label":"x","custom_id":"` + xs(n) + `"`) },
			low: at + ".custom_id BASE_TYPE_REQUIRED", high: at + ".custom_id BASE_TYPE_MAX_LENGTH"},
		edge{name: "URL", most: 512, body: func(n int) string {
			return b(`"style":5,"label":"x","url":"https://a.example/` + xs(n-len("https://a.example/")) + `"`)
		}, high: at + ".url BASE_TYPE_MAX_LENGTH"},
	)
}

// TestLayoutLimits: with the flag a message is made of components of all kinds, each in its place.
func TestLayoutLimits(t *testing.T) {
	container := func(in string) string { return `{"type":17,"components":[` + in + `]}` }
	section := func(texts, accessory string) string {
		return `{"type":9,"components":[` + texts + `],"accessory":` + accessory + `}`
	}
	const picture, separator = `"media":{"url":"https://a.example/a.png"}`, `{"type":14}`
	thumbnail := `{"type":11,` + picture + `,"description":"Anora","spoiler":false}`
	gallery := func(n int, more string) string { return `{"type":12,"items":[` + same(n, `{`+picture+more+`}`) + `]}` }
	const file = `{"type":13,"file":{"url":"attachment://a.txt"}}`
	all := rowOf(press(1)) + "," + section(words("x"), thumbnail) + "," + words("x") + "," + gallery(1, "") + "," + file + "," + separator
	legacyFields := "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
	judge(t, checkNew, newMessages(), []trial{
		{name: "all", body: withFlag(all + "," + container(strings.ReplaceAll(all, `"b1"`, `"b2"`)))},
		{name: "empty", body: withFlag(""), want: " BASE_TYPE_REQUIRED"},
		{name: "empty legacy fields", body: `{"flags":32768,"content":"","embeds":[],"sticker_ids":[],"poll":null,"components":[` + words("x") + `]}`},
		{name: "legacy fields", body: `{"flags":32768,"content":"x","embeds":[{"title":"x"}],"sticker_ids":["1"],"poll":{},"components":[` + words("x") + `]}`,
			want: "content " + legacyFields + "; embeds " + legacyFields + "; poll " + legacyFields + "; sticker_ids " + legacyFields},
		{name: "unknown type", body: withFlag(`{"type":15}`), want: "components.0.type BASE_TYPE_CHOICES"},
		{name: "no type", body: withFlag(`{"content":"x"}`), want: "components.0.type BASE_TYPE_CHOICES"},
		{name: "button at the top", body: withFlag(press(1)), want: "components.0.type BASE_TYPE_CHOICES"},
		{name: "thumbnail at the top", body: withFlag(thumbnail), want: "components.0.type BASE_TYPE_CHOICES"},
		{name: "label of a modal", body: withFlag(`{"type":18,"label":"x","component":` + press(1) + `}`), want: "components.0.type BASE_TYPE_CHOICES"},
		{name: "container in a container", body: withFlag(container(container(words("x")))), want: "components.0.components.0.type BASE_TYPE_CHOICES"},
		{name: "button in a container", body: withFlag(container(press(1))), want: "components.0.components.0.type BASE_TYPE_CHOICES"},
		{name: "section with a button", body: withFlag(section(words("x"), press(1)))},
		{name: "section with a row", body: withFlag(section(words("x"), rowOf(press(1)))), want: "components.0.accessory.type BASE_TYPE_CHOICES"},
		{name: "section with nothing", body: withFlag(section(words("x"), "null")), want: "components.0.accessory BASE_TYPE_REQUIRED"},
		{name: "section of buttons", body: withFlag(section(press(1), thumbnail)), want: "components.0.components.0.type BASE_TYPE_CHOICES"},
		{name: "IDs twice, in a row and beside text", body: withFlag(section(words("x"), press(1)) + "," + container(rowOf(press(1)))),
			want: "components.1.components.0.components.0.custom_id COMPONENT_CUSTOM_ID_DUPLICATED"},
		{name: "picture without an address", body: withFlag(`{"type":12,"items":[{}]}`), want: "components.0.items.0.media.url BASE_TYPE_REQUIRED"},
		{name: "picture of a scheme", body: withFlag(`{"type":12,"items":[{"media":{"url":"data://a/b"}}]}`),
			want: "components.0.items.0.media.url URL_TYPE_INVALID_SCHEME"},
		{name: "empty alt text", body: withFlag(gallery(1, `,"description":""`)), want: "components.0.items.0.description BASE_TYPE_REQUIRED"},
		{name: "file elsewhere", body: withFlag(`{"type":13,"file":{"url":"https://a.example/a.txt"}}`), want: "components.0.file.url URL_TYPE_INVALID_SCHEME"},
		{name: "blank text", body: withFlag(words(" \\n")), want: "components.0.content BASE_TYPE_REQUIRED"},
		{name: "two wrongs, and two that do not go together", body: withFlag(words("") + "," + rowOf(press(1)+","+press(1)+","+button(`"style":1,"custom_id":"x"`))),
			want: "components.0.content BASE_TYPE_REQUIRED; components.1.components.2 BUTTON_COMPONENT_EMPTY"},
	},
		edge{name: "text", least: 1, most: 4000, body: func(n int) string { return withFlag(words(xs(n))) },
			low: "components.0.content BASE_TYPE_REQUIRED", high: "components.0.content BASE_TYPE_MAX_LENGTH"},
		edge{name: "all texts", most: 4000, body: func(n int) string {
			return withFlag(words(xs(1000)) + "," + container(section(words(strings.Repeat("🎬", 1000)), press(1))) + "," + words(xs(n-2000)))
		}, high: "components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"},
		edge{name: "components", most: 40, body: func(n int) string { return withFlag(same(n, separator)) },
			high: "components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"},
		edge{name: "nested components", most: 40, body: func(n int) string { // 1, 3 of a section, 6 of a row
			return withFlag(container(section(words("x"), thumbnail) + "," + rowOf(times(5, press)) + "," + same(n-10, separator)))
		}, high: "components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"},
		edge{name: "section", least: 1, most: 3, body: func(n int) string { return withFlag(section(same(n, words("x")), thumbnail)) },
			low: "components.0.components BASE_TYPE_BAD_LENGTH", high: "components.0.components BASE_TYPE_BAD_LENGTH"},
		edge{name: "gallery", least: 1, most: 10, body: func(n int) string { return withFlag(gallery(n, "")) },
			low: "components.0.items BASE_TYPE_BAD_LENGTH", high: "components.0.items BASE_TYPE_BAD_LENGTH"},
		edge{name: "alt text of a gallery", least: 1, most: 1024, body: func(n int) string { return withFlag(gallery(1, `,"description":"`+xs(n)+`"`)) },
			high: "components.0.items.0.description BASE_TYPE_MAX_LENGTH"},
		edge{name: "alt text of a thumbnail", least: 1, most: 1024, body: func(n int) string {
			return withFlag(section(words("x"), strings.Replace(thumbnail, "Anora", xs(n), 1)))
		}, low: "components.0.accessory.description BASE_TYPE_REQUIRED", high: "components.0.accessory.description BASE_TYPE_MAX_LENGTH"},
		edge{name: "container", least: 1, most: 39, body: func(n int) string { return withFlag(container(same(n, separator))) },
			low: "components.0.components BASE_TYPE_BAD_LENGTH", high: "components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"},
		edge{name: "spacing", least: 1, most: 2, body: func(n int) string { return withFlag(fmt.Sprintf(`{"type":14,"divider":true,"spacing":%d}`, n)) },
			low: "components.0.spacing NUMBER_TYPE_MIN", high: "components.0.spacing NUMBER_TYPE_MAX"},
		edge{name: "accent colour", least: 0, most: 0xffffff, body: func(n int) string {
			return withFlag(fmt.Sprintf(`{"type":17,"accent_color":%d,"components":[%s]}`, n, separator))
		}, low: "components.0.accent_color NUMBER_TYPE_MIN", high: "components.0.accent_color NUMBER_TYPE_MAX"},
	)
}
