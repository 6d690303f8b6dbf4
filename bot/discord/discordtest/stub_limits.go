package discordtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// These are the coarsest of the checks only; limits_*.go and openapi.go take the place of this file.

func checkMessage(body []byte, _ bool) []fieldError {
	var m struct {
		Content    *string
		Components []struct{ Components []json.RawMessage }
	}
	if err := json.Unmarshal(body, &m); err != nil {
		return []fieldError{{"", "BASE_TYPE_BAD", err.Error()}}
	}
	var errs []fieldError
	if m.Content != nil && len([]rune(*m.Content)) > 2000 {
		errs = append(errs, fieldError{"content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length."})
	}
	for i, c := range m.Components {
		if len(c.Components) > 5 && !bytes.Contains(body, []byte(`"type":17`)) {
			errs = append(errs, fieldError{fmt.Sprintf("components.%d.components", i), "BASE_TYPE_BAD_LENGTH", "Must be 5 or fewer."})
		}
	}
	return errs
}

func checkModal([]byte) []fieldError   { return nil }
func checkChoices([]byte) []fieldError { return nil }

func checkCommands(body []byte) []fieldError {
	var list []struct{ Name string }
	if err := json.Unmarshal(body, &list); err != nil {
		return []fieldError{{"", "BASE_TYPE_BAD", err.Error()}}
	}
	valid := regexp.MustCompile(`^[-_'\p{L}\p{N}]{1,32}$`)
	var errs []fieldError
	for i, c := range list {
		if !valid.MatchString(c.Name) || strings.ToLower(c.Name) != c.Name {
			errs = append(errs, fieldError{fmt.Sprintf("%d.name", i), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid"})
		}
	}
	return errs
}

func unknownFields(kind string, body []byte) []string {
	known := strings.Fields("content embeds components flags nonce enforce_nonce message_reference allowed_mentions tts " +
		"attachments sticker_ids poll")
	fields, prefix := map[string]json.RawMessage{}, ""
	_ = json.Unmarshal(body, &fields)
	if kind == "callback" {
		var typ int
		_ = json.Unmarshal(fields["type"], &typ)
		body, fields, prefix = fields["data"], map[string]json.RawMessage{}, "data."
		if typ != ResponseMessage && typ != ResponseUpdate || json.Unmarshal(body, &fields) != nil {
			return nil
		}
	} else if kind != "message" {
		return nil
	}
	var out []string
	for name := range fields {
		if !slices.Contains(known, name) {
			out = append(out, prefix+name)
		}
	}
	return out
}

type validator struct{ router routers.Router }

func loadOpenAPI(path string) (*validator, error) {
	doc, err := openapi3.NewLoader().LoadFromFile(path)
	if err != nil {
		return nil, err
	}
	doc.Servers = openapi3.Servers{{URL: "/api/v10"}}
	router, err := legacy.NewRouter(doc)
	return &validator{router}, err
}

func (v *validator) check(r *http.Request, body []byte) error {
	if v == nil {
		return nil
	}
	r = r.Clone(context.Background())
	r.URL.Path = strings.Replace(r.URL.Path, "/api/v9/", "/api/v10/", 1)
	r.Body = io.NopCloser(bytes.NewReader(body))
	route, params, err := v.router.FindRoute(r)
	if err != nil {
		return err
	}
	return openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{Request: r, PathParams: params,
		Route: route, Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}})
}
