package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// fleet are replicas of the program behind a load balancer, which Discord sends its requests to.
type fleet struct {
	discord  *discordtest.Server
	url      string // of the database
	replicas []*process
}

// process is a replica, from start to start.
type process struct {
	program, config, address string
	cmd                      *exec.Cmd
	log                      lines
	served                   atomic.Int64 // requests since it was started
}

// newFleet starts replicas, and waits until they serve.
func newFleet(t *testing.T, n int) *fleet {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	f := &fleet{url: postgres(t)}
	balancer := httptest.NewServer(f)
	t.Cleanup(balancer.Close)
	f.discord = discordtest.Start(t, discordtest.Options{REST: discordtest.RESTOptions{Interactions: balancer.URL, Key: private}})
	dir := t.TempDir()
	program := filepath.Join(dir, "whowon") // by that name the test binary is the program: see TestMain
	if err := os.Symlink(executable(t), program); err != nil {
		t.Skip("needs symbolic links: ", err)
	}
	for i := range n {
		p := &process{program: program, config: filepath.Join(dir, fmt.Sprintf("%d.yaml", i)), address: freeAddress(t)}
		text := "discord:\n  token: " + inFile(t, f.discord.Token()) + "\n  application_id: \"" + f.discord.Application() + "\"\n  api_url: " +
			f.discord.API() + "\n  transport: http\n  public_key: " + hex.EncodeToString(public) + "\n  listen: " + p.address +
			"\nadmin:\n  listen: \"off\"\nstore:\n  url: " + f.url + "\n"
		if err := os.WriteFile(p.config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		f.replicas = append(f.replicas, p)
		p.start(t)
	}
	for _, p := range f.replicas {
		p.await(t)
	}
	t.Cleanup(func() {
		for i, p := range f.replicas {
			_ = p.cmd.Process.Kill()
			if t.Failed() {
				t.Logf("replica %d says:\n%.6000s", i, p.log.String())
			}
		}
	})
	return f
}

// postgres is a new database, on a server that is started for it where there is none.
func postgres(t *testing.T) string {
	t.Helper()
	if os.Getenv(storetest.Env) == "" {
		server, err := storetest.Start()
		if err != nil {
			t.Skip("no PostgreSQL: ", err)
		}
		t.Cleanup(server.Stop)
		t.Setenv(storetest.Env, server.URL)
	}
	return storetest.Postgres(t)
}

func executable(t *testing.T) string {
	t.Helper()
	file, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func (p *process) start(t *testing.T) {
	t.Helper()
	p.served.Store(0)
	p.cmd = exec.Command(p.program, "run", "--config", p.config)
	p.cmd.Stdout, p.cmd.Stderr = &p.log, &p.log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
}

// await waits until a replica takes requests.
func (p *process) await(t *testing.T) {
	t.Helper()
	until(t, "a replica serves", func() bool {
		conn, err := net.DialTimeout("tcp", p.address, time.Second)
		if err == nil {
			conn.Close()
		}
		return err == nil
	})
}

// restart ends a replica by a signal, as an upgrade does, and starts it again.
func (f *fleet) restart(t *testing.T, n int) outage {
	t.Helper()
	p, began := f.replicas[n], time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	err := p.cmd.Wait()
	o := outage{what: fmt.Sprint("SIGTERM to replica ", n), at: began, took: time.Since(began), limit: handover}
	if err != nil || o.took > handover {
		t.Errorf("replica %d ended after %v: %v", n, o.took, err)
	}
	p.start(t)
	p.await(t)
	return o
}

// busiest is the replica that has served most since it was started.
func (f *fleet) busiest() (n int) {
	for i, p := range f.replicas {
		if p.served.Load() > f.replicas[n].served.Load() {
			n = i
		}
	}
	return n
}

// kill kills a replica.
func (f *fleet) kill(t *testing.T, n int) outage {
	t.Helper()
	p, began := f.replicas[n], time.Now()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.cmd.Wait() // it says that it was killed
	return outage{what: fmt.Sprint("kill -9 of replica ", n), at: began, limit: takeover}
}

// end ends all replicas at once.
func (f *fleet) end(t *testing.T) {
	t.Helper()
	var all sync.WaitGroup
	for i, p := range f.replicas {
		all.Go(func() {
			began := time.Now()
			_ = p.cmd.Process.Signal(syscall.SIGTERM)
			if err := p.cmd.Wait(); err != nil || time.Since(began) > handover {
				t.Errorf("replica %d ended after %v: %v", i, time.Since(began), err)
			}
		})
	}
	all.Wait()
}

// ServeHTTP hands a request on to one of the replicas, as a load balancer does: to the next where nobody listens, but not
// again where it may have been taken.
func (f *fleet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "the body broke off", http.StatusBadRequest)
		return
	}
	for _, n := range rand.Perm(len(f.replicas)) {
		p := f.replicas[n]
		var d net.Dialer
		conn, err := d.DialContext(r.Context(), "tcp", p.address)
		if err != nil {
			continue
		}
		p.served.Add(1)
		f.forward(w, r, body, conn)
		return
	}
	http.Error(w, "no replica listens", http.StatusServiceUnavailable)
}

func (f *fleet) forward(w http.ResponseWriter, r *http.Request, body []byte, conn net.Conn) {
	once := &http.Transport{DisableKeepAlives: true, DialContext: func(context.Context, string, string) (net.Conn, error) { return conn, nil }}
	defer once.CloseIdleConnections()
	out, err := http.NewRequestWithContext(r.Context(), http.MethodPost, "http://replica/", bytes.NewReader(body))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	out.Header = r.Header.Clone()
	resp, err := once.RoundTrip(out)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	w.Header().Set("Content-Type", resp.Header.Get("Content-Type"))
	w.WriteHeader(resp.StatusCode)
	_, _ = io.Copy(w, resp.Body)
}
