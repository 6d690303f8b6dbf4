package storetest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a private PostgreSQL server on a Unix socket, with durable commits (fsync is on).
type Server struct {
	URL string

	dir, postgres string
	as            *account
	cmd           *exec.Cmd
	done          chan struct{} // closed when the process has ended
}

const startLimit = 60 * time.Second

// Start makes a server in a new folder and waits until it answers. It is called from the goroutine of main.
func Start() (*Server, error) {
	bin, err := installed()
	if err != nil {
		return nil, err
	}
	as, err := unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "whowon-pg-")
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir, postgres: filepath.Join(bin, "postgres"), as: as}
	if err := s.create(filepath.Join(bin, "initdb")); err != nil {
		os.RemoveAll(dir)
		return nil, err
	}
	q := url.Values{"host": {dir}, "user": {"whowon"}, "sslmode": {"disable"}}
	s.URL = "postgres:///postgres?" + q.Encode()
	if err := s.Launch(); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

// installed is the folder of the newest initdb and postgres.
func installed() (string, error) {
	dirs, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", err
	}
	slices.SortFunc(dirs, func(a, b string) int { return len(b) - len(a) + strings.Compare(b, a) })
	if p, err := exec.LookPath("initdb"); err == nil {
		dirs = append(dirs, filepath.Dir(p))
	}
	for _, d := range dirs {
		if isFile(filepath.Join(d, "initdb")) && isFile(filepath.Join(d, "postgres")) {
			return d, nil
		}
	}
	return "", errors.New("initdb and postgres are neither in /usr/lib/postgresql/*/bin nor in PATH")
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

func (s *Server) create(initdb string) error {
	if err := s.as.own(s.dir); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, initdb, "-D", s.data(), "-U", "whowon", "-A", "trust", "-E", "UTF8", "--locale=C",
		"--no-sync")
	s.as.become(cmd)
	cmd.Dir = s.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return nil
}

// Launch starts the server's process on its data, as after Kill, and waits until it answers.
func (s *Server) Launch() error {
	runtime.LockOSThread() // the process dies with the thread that has started it; main's lives on
	defer runtime.UnlockOSThread()
	log, err := os.Create(filepath.Join(s.dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	s.cmd = exec.CommandContext(context.Background(), s.postgres, "-D", s.data(), "-k", s.dir,
		"-c", "listen_addresses=", "-c", "fsync=on", "-c", "max_connections=200")
	s.cmd.Dir, s.cmd.Stdout, s.cmd.Stderr = s.dir, log, log
	s.as.become(s.cmd)
	if err := s.cmd.Start(); err != nil {
		return err
	}
	s.done = make(chan struct{})
	go func() {
		defer close(s.done)
		s.cmd.Wait() //nolint:errcheck // how it ended is in its log
	}()
	return s.await()
}

func (s *Server) await() error {
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, s.URL)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-s.done:
			text, err := os.ReadFile(filepath.Join(s.dir, "log"))
			return errors.Join(fmt.Errorf("postgres has ended: %s", text), err)
		case <-ctx.Done():
			return fmt.Errorf("postgres does not answer: %w", err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Kill ends the server at once, without a checkpoint, as a crash of it does.
func (s *Server) Kill() error { return s.signal(syscall.SIGQUIT) }

func (s *Server) signal(sig os.Signal) error {
	if err := s.cmd.Process.Signal(sig); err != nil {
		return err
	}
	<-s.done
	return nil
}

// Stop ends the server and removes its folder.
func (s *Server) Stop() {
	if s.done != nil {
		if err := s.signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
			fmt.Fprintln(os.Stderr, "stopping PostgreSQL:", err)
		}
	}
	os.RemoveAll(s.dir)
}
