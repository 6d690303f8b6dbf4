package opentdb

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/whowon-bot/whowon/trivia/pack"
)

// fetch is the work of one call of Questions.
type fetch struct {
	*Client
	query  Query
	pack   *pack.Pack
	faults pack.Faults
	known  map[string]bool // IDs
	reset  bool            // the session was begun anew: more would repeat
	tokens int             // sessions asked for
}

// all asks until there are enough questions, or no more.
func (f *fetch) all(ctx context.Context) error {
	size := min(max(f.query.Amount, 1), MaxAmount)
	for want := max(f.query.Amount, 1); len(f.pack.Questions) < want; {
		if err := f.session(ctx); err != nil {
			return err
		}
		size = min(size, want-len(f.pack.Questions))
		code, body, err := f.ask(ctx, "/api.php", f.query.values(size, f.token))
		if err != nil {
			return err
		}
		f.used = f.now()
		switch code {
		case codeOK:
			if f.take(body) == 0 {
				return nil // nothing new, though it says so
			}
			f.tell(len(f.pack.Questions))
		case codeNoResults: // for so many: there may be some for fewer
			if size /= 2; size == 0 {
				return nil
			}
		case codeNoToken:
			f.token = ""
		case codeEmpty:
			if f.reset || len(f.pack.Questions) > 0 {
				f.token = "" // the next call begins anew
				return nil
			}
			if err := f.restart(ctx); err != nil {
				return err
			}
		case codeInvalid:
			return fmt.Errorf("opentdb: the API does not know category %d, difficulty %d or type %q",
				f.query.Category, f.query.Difficulty, f.query.Type)
		default:
			return fmt.Errorf("opentdb: the API answers with code %d, which it does not document", code)
		}
	}
	return nil
}

func (f *fetch) tell(done int) {
	if f.query.Told != nil {
		f.query.Told(done, f.query.Amount)
	}
}

// take adds the new questions of an answer and returns their number.
func (f *fetch) take(body []byte) int {
	got, faults := pack.Read("opentdb", body, pack.OpenTDB)
	f.faults = append(f.faults, faults...)
	n := 0
	for _, q := range got.Questions {
		if !f.known[q.ID] {
			f.known[q.ID] = true
			f.pack.Questions = append(f.pack.Questions, q)
			n++
		}
	}
	return n
}

// session asks for a token, by which the API remembers what it has sent.
func (f *fetch) session(ctx context.Context) error {
	if f.token != "" && f.now().Sub(f.used) < tokenIdle {
		return nil
	}
	if f.tokens++; f.tokens > 2 {
		return fmt.Errorf("opentdb: the API forgets its sessions")
	}
	code, body, err := f.ask(ctx, "/api_token.php", map[string][]string{"command": {"request"}})
	if err != nil {
		return err
	}
	var answer struct{ Token string }
	if err := json.Unmarshal(body, &answer); err != nil || code != codeOK || answer.Token == "" || len(answer.Token) > 256 {
		return fmt.Errorf("opentdb: the API gives no session (code %d)", code)
	}
	f.token, f.used = answer.Token, f.now()
	return nil
}

// restart makes the session forget what it has sent.
func (f *fetch) restart(ctx context.Context) error {
	f.reset = true
	code, _, err := f.ask(ctx, "/api_token.php", map[string][]string{"command": {"reset"}, "token": {f.token}})
	if err != nil {
		return err
	}
	if code != codeOK { // a new one does as well
		f.token = ""
	}
	return nil
}
