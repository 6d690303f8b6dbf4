package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/whowon-bot/whowon/bot/store"
)

var backupCommand = command{
	name: "backup", args: "[FILE]",
	short: "write all that the database keeps into a file",
	long: `Writes all that is kept, as it is at one moment, into a file that only you can read, also
while the bot runs. Without FILE its name tells the time; - is standard output. The backup
can be restored into a database of either kind, so it is also the way from SQLite to
PostgreSQL and back. It holds what people have written: keep it as you keep the database.`,
	examples: []string{"whowon backup --config whowon.yaml",
		"whowon backup --config whowon.yaml - | ssh host 'cat > whowon.backup'"},
	setup: func(fs *flag.FlagSet) runner {
		file := fs.String("config", "", "configuration `FILE`")
		return func(ctx context.Context, e env, words []string) error {
			if len(words) > 1 {
				return usagef("backup takes one file to write to")
			}
			to := time.Now().UTC().Format("whowon-20060102-150405.backup")
			if len(words) == 1 {
				to = words[0]
			}
			return backUp(ctx, e, *file, to)
		}
	},
}

func backUp(ctx context.Context, e env, config, to string) error {
	c, err := loadConfig(e, config)
	if err != nil {
		return err
	}
	url, _, err := c.Store.where(e)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	p := newProgress(e, "writing the backup")
	defer p.end()
	var s store.Summary
	write := func(w io.Writer) (err error) {
		s, err = store.Backup(ctx, url, w, store.BackupOptions{Program: programVersion(), At: time.Now(), Told: p.tell})
		return err
	}
	if to == "-" {
		err = write(e.stdout)
	} else {
		err = writePrivate(to, false, write)
	}
	if err != nil {
		return err
	}
	p.end()
	fmt.Fprintf(e.stderr, "%s: %s of schema version %d\n", to, count(int(s.Total()), "row"), s.Schema)
	return nil
}

// writePrivate writes a file that its owner alone can read, and which must not exist yet, or may be replaced. It appears
// whole or not at all.
func writePrivate(file string, replace bool, write func(io.Writer) error) error {
	if _, err := os.Lstat(file); err == nil && !replace {
		return fmt.Errorf("%s exists already; move it away first, or give another name", file)
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".whowon-*") // of mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // nothing is left to remove once it has its name
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}

var restoreCommand = command{
	name: "restore", args: "FILE",
	short: "put a backup into an empty database",
	long: `Puts a backup into the database of the configuration, which must be empty: a file that does
not exist yet, or a new database of PostgreSQL. The backup is checked before anything is
written, and all of it comes into the database or nothing. FILE - is standard input. One of
an older version is brought up to date.`,
	examples: []string{"whowon restore --config new.yaml whowon-20260302-120000.backup"},
	setup: func(fs *flag.FlagSet) runner {
		file := fs.String("config", "", "configuration `FILE`")
		check := fs.Bool("check", false, "only check the backup, and tell what it holds")
		return func(ctx context.Context, e env, words []string) error {
			if len(words) != 1 {
				return usagef("restore needs the file of one backup")
			}
			return restore(ctx, e, *file, words[0], *check)
		}
	},
}

func restore(ctx context.Context, e env, config, from string, check bool) error {
	c, err := loadConfig(e, config)
	if err != nil {
		return err
	}
	in, done, err := backupFile(e, from)
	if err != nil {
		return err
	}
	defer done()
	if check {
		s, err := store.CheckBackup(in)
		if err == nil {
			toldBackup(e.stdout, from+" is whole:", s)
		}
		return err
	}
	log, err := c.Log.logger(e)
	if err != nil {
		return err
	}
	url, file, err := c.Store.where(e)
	if err != nil {
		return err
	}
	if file != "" && c.Store.URL == "" {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return err
		}
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	p := newProgress(e, "restoring")
	defer p.end()
	s, err := store.Restore(ctx, url, in, store.RestoreOptions{Log: log, Told: p.tell})
	if err != nil {
		return err
	}
	p.end()
	toldBackup(e.stdout, "restored", s)
	return nil
}

func toldBackup(w io.Writer, what string, s store.Summary) {
	fmt.Fprintf(w, "%s %s of schema version %d, from %s, by whowon %s\n", what, count(int(s.Total()), "row"), s.Schema,
		s.At.Format(time.RFC3339), s.Program)
}

// backupFile opens a backup; what comes by a pipe is kept in a file meanwhile, since it is read twice.
func backupFile(e env, name string) (io.ReadSeeker, func(), error) {
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, nil, err
		}
		return f, func() { _ = f.Close() }, nil
	}
	f, err := os.CreateTemp("", "whowon-*.backup")
	if err != nil {
		return nil, nil, err
	}
	done := func() { _ = f.Close(); os.Remove(f.Name()) }
	if _, err = io.Copy(f, e.stdin); err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	return f, done, nil
}
