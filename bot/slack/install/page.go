package install

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
)

// page is what the browser shows at the end of an installation.
type page struct {
	Title string
	Text  string
	// Command is what to type first. Open is the address that opens the app in Slack, Add where an admin adds it to
	// workspaces, and Again where to begin anew.
	Command, Open, Add, Again string
}

const style = `body{font:18px/1.5 system-ui,sans-serif;max-width:34em;margin:15vh auto;padding:0 1em}` +
	`body{color:#1d1c1d;background:#fff}` +
	`code{background:#eee;padding:.1em .4em;border-radius:.2em}a{color:#1264a3}` +
	`@media(prefers-color-scheme:dark){body{color:#ddd;background:#1a1d21}code{background:#333}a{color:#7cb8e6}}`

var pageTemplate = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>{{.Title}}</title><style>` + style + `</style></head>
<body><main><h1>{{.Title}}</h1><p>{{.Text}}</p>
{{- if .Command}}<p>To begin, type <code>{{.Command}}</code> in any channel.</p>{{end}}
{{- if .Open}}<p><a href="{{.Open}}">Open it in Slack</a></p>{{end}}
{{- if .Add}}<p><a href="{{.Add}}">Add it to workspaces</a></p>{{end}}
{{- if .Again}}<p><a href="{{.Again}}">Install again</a></p>{{end -}}
</main></body></html>
`))

// policy lets a page show itself and its style, and nothing else.
var policy = func() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; " +
		"form-action 'none'; frame-ancestors 'none'"
}()

// protect sets what goes with every answer: its address has a code in it, which is nobody else's business.
func protect(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
}

func (p page) write(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = pageTemplate.Execute(w, p) // who is gone needs no page
}
