package bench

import (
	"context"
	"fmt"
	"io"
)

// Load is what a bot is given when its memory is watched.
type Load struct {
	Interactions int // looked at ten times on the way
	Guilds       int
}

// Memory prints the resident memory of a bot while it answers, and then what a guild adds to it.
func Memory(ctx context.Context, out io.Writer, b *Bot, l Load, questions []Question) error {
	_, err := b.show(out, "after the start")
	if err != nil {
		return err
	}
	for part := range 10 {
		if err := b.Server.Ask(ctx, l.Interactions/10, questions); err != nil {
			return b.fault(err)
		}
		if _, err = b.show(out, fmt.Sprintf("after %d interactions", l.Interactions/10*(part+1))); err != nil {
			return err
		}
	}
	// What reading such big events takes at all is no guild's.
	if err := b.Server.Join(ctx, 0, warmup); err != nil {
		return b.fault(err)
	}
	before, err := b.show(out, fmt.Sprintf("after %d guilds", warmup))
	if err != nil {
		return err
	}
	if err := b.Server.Join(ctx, warmup, l.Guilds); err != nil {
		return b.fault(err)
	}
	after, err := b.show(out, fmt.Sprintf("after %d guilds more", l.Guilds))
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: %.2f KiB for a guild\n\n", b.Name, float64(after-before)/1024/float64(l.Guilds))
	return nil
}

const warmup = 500

// show prints the resident memory of the program, and returns it in bytes.
func (b *Bot) show(out io.Writer, when string) (int64, error) {
	all, own, err := RSS(b.cmd.Process.Pid)
	if err == nil {
		const mib = 1 << 20
		fmt.Fprintf(out, "%s: %5.1f MiB, %5.1f of it its own, %s\n", b.Name, float64(all)/mib, float64(own)/mib, when)
	}
	return all, err
}
