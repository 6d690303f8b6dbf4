package opentdb

import (
	"context"
	"encoding/json"
	"errors"
)

// Category is a category of questions.
type Category struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

// Categories lists the categories that the API has now.
func (c *Client) Categories(ctx context.Context) ([]Category, error) {
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	if err := c.wait(ctx); err != nil {
		return nil, err
	}
	body, err := c.get(ctx, "/api_category.php", nil)
	c.ready = c.now().Add(Pace)
	if err != nil {
		return nil, err
	}
	var answer struct {
		Categories []Category `json:"trivia_categories"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || len(answer.Categories) == 0 {
		return nil, errors.New("opentdb: the API lists no categories")
	}
	return answer.Categories, nil
}
