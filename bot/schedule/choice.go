package schedule

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

// choice is what a moderator has chosen of a subscription; its value in the store.
type choice struct {
	Plan   plan.Plan `json:"plan"`
	Topics []string  `json:"topics,omitempty"` // keys; none is all
	Skip   bool      `json:"skip,omitempty"`   // what is missed is not caught up

	times plan.Timetable // of the plan
}

func decode(value []byte) (choice, error) {
	var c choice
	if err := json.Unmarshal(value, &c); err != nil {
		return c, fmt.Errorf("what was chosen: %w", err)
	}
	return c, c.read()
}

// read reads the plan, and says what is wrong with it.
func (c *choice) read() (err error) {
	c.times, err = c.Plan.Timetable()
	return err
}

// errNever is returned for a plan that comes to no date.
var errNever = errors.New("that day never comes")

// next is the first date that is due later than after, and when.
func (c choice) next(after time.Time) (plan.Date, time.Time, error) {
	date, due, ok := c.times.Next(after)
	if !ok {
		return date, due, errNever
	}
	return date, due, nil
}

func (c choice) encode() ([]byte, error) { return json.Marshal(c) }
