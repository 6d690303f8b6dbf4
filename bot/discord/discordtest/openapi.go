package discordtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"os"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// Document is the published OpenAPI document for several servers. It is read when the first needs it, which takes a second.
type Document struct{ load func() (*validator, error) }

// NewDocument is the document in a file; "" is none, with which every request is taken. A file that cannot be read stops the
// servers that are made with it.
func NewDocument(path string) *Document {
	return &Document{sync.OnceValues(func() (*validator, error) {
		if path == "" {
			return nil, nil //nolint:nilnil // no validator accepts all
		}
		return loadOpenAPI(path)
	})}
}

// validator checks requests against the OpenAPI document that Discord publishes:
// https://github.com/discord/discord-api-spec. nil takes every request. It may be used from any goroutine.
type validator struct{ router routers.Router }

// loadOpenAPI reads the document from a file, which takes a fraction of a second.
func loadOpenAPI(path string) (*validator, error) {
	v, err := readOpenAPI(path)
	if err != nil {
		return nil, fmt.Errorf("OpenAPI document: %w", err)
	}
	return v, nil
}

func readOpenAPI(path string) (*validator, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return nil, err
	}
	adapt(tree)
	doc, err := openapi3.NewLoader().LoadFromData(marshal(tree))
	if err != nil {
		return nil, err
	}
	doc.Servers = openapi3.Servers{{URL: "/api/v10"}}
	router, err := legacy.NewRouter(doc)
	if err != nil {
		return nil, err
	}
	return &validator{router}, nil
}

// check validates a request below /api/v10, or /api/v9, whose body has been read. The request stays as it is.
func (v *validator) check(r *http.Request, body []byte) error {
	if v == nil {
		return nil
	}
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.URL.RawPath = "", "", "" // as in the document, which has paths alone
	if rest, ok := strings.CutPrefix(r.URL.Path, "/api/v9/"); ok {
		r.URL.Path = "/api/v10/" + rest
	}
	route, params, err := v.router.FindRoute(r)
	if err != nil {
		return err
	}
	o := &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, ExcludeRequestBody: true}
	err = openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{Request: r, PathParams: params,
		Route: route, Options: o})
	var wrong *openapi3filter.RequestError
	if errors.As(err, &wrong) && wrong.Parameter != nil {
		return fmt.Errorf("parameter %s: %s", wrong.Parameter.Name, reason(wrong.Err))
	}
	if err != nil {
		return err
	}
	return checkBody(route.Operation, r.Header.Get("Content-Type"), body)
}

// checkBody validates a body that is JSON, the only one that bots send here. Left to the library it takes 20 to 100 ms: it
// compiles the schema for every request anew.
func checkBody(op *openapi3.Operation, contentType string, body []byte) error {
	if op.RequestBody == nil {
		return nil
	}
	if len(body) == 0 {
		if op.RequestBody.Value.Required {
			return errors.New("the body is missing")
		}
		return nil
	}
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return fmt.Errorf("the Content-Type is %q", contentType)
	}
	media := op.RequestBody.Value.Content.Get(kind)
	if kind != "application/json" || media == nil {
		return fmt.Errorf("the Content-Type is %q", contentType)
	}
	var data any
	if err := json.Unmarshal(body, &data); err != nil {
		return err
	}
	if err := media.Schema.Value.VisitJSON(data); err != nil {
		return errors.New(reason(err))
	}
	return nil
}
