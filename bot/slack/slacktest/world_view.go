package slacktest

import (
	"encoding/json"
	"fmt"
)

// View is a modal or a home tab as it is at one time.
type View struct {
	ID, Team        string
	User            string // ID of who sees it
	Type            string // "modal" or "home"
	CallbackID      string
	ExternalID      string
	Title           string
	Submit          string // text of the button; "" is none
	PrivateMetadata string
	Hash            string
	Root, Previous  string          // IDs of the first modal of the stack, and of the one beneath
	Blocks          json.RawMessage // with the IDs that Slack gives to blocks and elements without
}

// view is a modal or home tab on the server.
type view struct {
	View
	team          *team
	current       *channel                   // that the user looked at when it was opened; nil in none
	fields        map[string]json.RawMessage // as they were sent
	notifyOnClose bool
	clearOnClose  bool
	offered       map[string][]Option // what was last suggested, by action_id
}

// set fills a view with what a request or acknowledgement has of it.
func (w *webServer) set(v *view, raw json.RawMessage) {
	var o struct {
		Type            string          `json:"type"`
		CallbackID      string          `json:"callback_id"`
		ExternalID      string          `json:"external_id"`
		PrivateMetadata string          `json:"private_metadata"`
		NotifyOnClose   bool            `json:"notify_on_close"`
		ClearOnClose    bool            `json:"clear_on_close"`
		Blocks          json.RawMessage `json:"blocks"`
		Title, Submit   struct {
			Text string `json:"text"`
		}
	}
	_ = json.Unmarshal(raw, &o) // it was checked
	v.fields = nil
	_ = json.Unmarshal(raw, &v.fields)
	v.Type, v.CallbackID, v.ExternalID, v.PrivateMetadata = o.Type, o.CallbackID, o.ExternalID, o.PrivateMetadata
	v.notifyOnClose, v.clearOnClose = o.NotifyOnClose, o.ClearOnClose
	v.Title, v.Submit = o.Title.Text, o.Submit.Text
	v.Blocks = w.fillIDs(o.Blocks)
	v.Hash = fmt.Sprintf("%d.%08x", w.serial(), w.serials*2654435761%(1<<32))
	v.offered = map[string][]Option{}
}

// newView is a view that a user is to see.
func (w *webServer) newView(t *team, user string, raw json.RawMessage) *view {
	v := &view{team: t}
	v.ID, v.Team, v.User = w.id("V"), t.ID, user
	w.set(v, raw)
	v.Root = v.ID
	return v
}

// viewJSON is a view as Slack tells of it, with the state of its inputs.
func (w *webServer) viewJSON(v *view, state object) object {
	o := object{"private_metadata": "", "callback_id": "", "external_id": "", "close": nil, "submit": nil,
		"clear_on_close": false, "notify_on_close": false}
	for name, raw := range v.fields {
		o[name] = raw
	}
	o["id"], o["team_id"], o["hash"], o["blocks"] = v.ID, v.Team, v.Hash, v.Blocks
	o["root_view_id"], o["previous_view_id"] = v.Root, nil
	if v.Previous != "" {
		o["previous_view_id"] = v.Previous
	}
	o["app_id"], o["app_installed_team_id"], o["bot_id"] = w.s.o.App.ID, v.Team, v.team.botID
	o["state"] = object{"values": state}
	return o
}

// Home is the home tab that a user sees; false says that there is none.
func (s *Server) Home(u User) (View, bool) {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	if v := s.web.world.team(u.Team).homes[u.ID]; v != nil {
		return v.View, true
	}
	return View{}, false
}

// Modal is the modal that a user sees, the top of the stack; false says that there is none.
func (s *Server) Modal(u User) (View, bool) {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	if stack := s.web.world.team(u.Team).modals[u.ID]; len(stack) > 0 {
		return stack[len(stack)-1].View, true
	}
	return View{}, false
}

// modal is the view of an ID or external ID that a user sees or will come back to, or nil.
func (t *team) modal(id, externalID string) *view {
	for _, stack := range t.modals {
		for _, v := range stack {
			if v.ID == id || externalID != "" && v.ExternalID == externalID {
				return v
			}
		}
	}
	return nil
}

// find is a view that a user sees, home or modal, or nil.
func (t *team) find(id string) *view {
	for _, v := range t.homes {
		if v.ID == id {
			return v
		}
	}
	return t.modal(id, "")
}
