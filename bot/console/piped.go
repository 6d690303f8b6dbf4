package console

import (
	"bufio"
	"context"
	"errors"
	"io"

	"github.com/whowon-bot/whowon/bot"
)

// maxLine is how much of a line is kept, in bytes; the rest of a longer one is read and dropped.
const maxLine = 64 << 10

// runPiped reads line by line, without a prompt. The end of the input is a normal end.
func (c *Console) runPiped(ctx context.Context, deliver bot.Deliver) error {
	type result struct {
		line string
		err  error
	}
	lines := make(chan result)
	go func() {
		r := bufio.NewReader(c.o.In)
		for {
			line, err := readLine(r)
			select {
			case lines <- result{line, err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return nil
		case l := <-lines:
			if l.line != "" && !c.do(ctx, l.line, deliver) {
				return nil
			}
			if errors.Is(l.err, io.EOF) {
				return nil
			}
			if l.err != nil {
				return l.err
			}
		}
	}
}

// readLine reads to the end of a line and returns at most maxLine bytes of it. The last line may lack its end; io.EOF
// comes with it or after it.
func readLine(r *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if room := maxLine - len(line); len(part) > room {
			part = part[:room]
		}
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return string(line), err
		}
	}
}
