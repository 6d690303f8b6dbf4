package slacktest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// File is one that the app has uploaded.
type File struct {
	ID, Name, Title, Alt string
	Team                 string
	Channels             []string // where it was shared
	Data                 []byte   // nil until it came
}

type file struct {
	File
	length   int
	complete bool
}

// Files are those that the app has uploaded and completed, in no order.
func (s *Server) Files() []File {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	out := []File{}
	for _, f := range s.web.files {
		if f.complete {
			out = append(out, f.File)
		}
	}
	return out
}

// getUploadURL: https://docs.slack.dev/reference/methods/files.getUploadURLExternal
func (w *webServer) getUploadURL(c *call) reply {
	length, err := strconv.Atoi(c.args["length"])
	if err != nil || length <= 0 || c.args["filename"] == "" {
		return refuse("invalid_arguments")
	}
	f := &file{File: File{ID: w.id("F"), Name: c.args["filename"], Alt: c.args["alt_txt"]}, length: length}
	f.Team = w.teamsOf(c)[0].ID
	w.files[f.ID] = f
	return done(object{"upload_url": w.s.url + "/upload/v1/" + f.ID, "file_id": f.ID})
}

// upload takes the content of a file, as it is or in a form.
func (w *webServer) upload(c *call) reply {
	f := w.files[c.PathValue("file")]
	if f == nil || f.Data != nil {
		return reply{status: http.StatusNotFound, text: "not found", err: "file_not_found"}
	}
	data := c.body
	if strings.HasPrefix(c.Header.Get("Content-Type"), "multipart/form-data") {
		c.Body = io.NopCloser(bytes.NewReader(c.body))
		part, err := c.MultipartReader()
		if err != nil {
			return reply{status: http.StatusBadRequest, text: "bad form", err: "invalid_form_data"}
		}
		for {
			p, err := part.NextPart()
			if err != nil {
				return reply{status: http.StatusBadRequest, text: "no file", err: "invalid_form_data"}
			}
			if p.FileName() != "" {
				data, _ = io.ReadAll(p) // in memory
				break
			}
		}
	}
	if len(data) != f.length {
		w.fault(c.m.name, fmt.Sprintf("%d bytes of a file of %d", len(data), f.length))
	}
	f.Data = data
	return reply{text: fmt.Sprintf("OK - %d", len(data))}
}

// completeUpload: https://docs.slack.dev/reference/methods/files.completeUploadExternal
func (w *webServer) completeUpload(c *call) reply {
	var wanted []struct{ ID, Title string }
	if json.Unmarshal(c.raw("files"), &wanted) != nil || len(wanted) == 0 {
		return refuse("invalid_arguments")
	}
	list := []object{}
	for _, f := range wanted {
		got := w.files[f.ID]
		if got == nil || got.Data == nil || got.complete {
			return refuse("file_not_found")
		}
		list = append(list, object{"id": f.ID, "title": f.Title, "name": got.Name, "size": len(got.Data), "mode": "hosted"})
	}
	ids := strings.FieldsFunc(c.args["channels"]+","+c.args["channel_id"], func(r rune) bool { return r == ',' })
	var shared []*channel
	for _, id := range ids {
		ch := w.conversation(c, id)
		if ch == nil || !ch.Member {
			return refuse("channel_not_found")
		}
		shared = append(shared, ch)
	}
	for _, f := range wanted {
		got := w.files[f.ID]
		got.complete, got.Title, got.Channels = true, f.Title, ids
	}
	d := &draft{Text: c.args["initial_comment"], Blocks: c.raw("blocks")}
	for _, ch := range shared {
		m := &message{Message: Message{User: ch.team.botUser, Thread: c.args["thread_ts"]}, ch: ch, bot: ch.team.botID,
			files: list}
		w.apply(d, m)
		w.add(m, c.at)
		w.show(m, false)
		w.tellMessage(m)
	}
	return done(object{"files": list})
}
