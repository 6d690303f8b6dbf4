package discordtest

import (
	_ "github.com/coder/websocket"
	_ "github.com/getkin/kin-openapi/openapi3"
	_ "github.com/getkin/kin-openapi/openapi3filter"
)
