package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// Config is the discord section of the configuration file. Without a token there is no Discord.
type Config struct {
	Token         string `yaml:"token"`
	ApplicationID string `yaml:"application_id"` // asked of Discord when empty
	PublicKey     string `yaml:"public_key"`     // hexadecimal; for transport http
	// Transport is how interactions arrive: over the gateway, the default, or by http.
	Transport string `yaml:"transport"`
	// Listen is where requests are taken with transport http, as in 127.0.0.1:8081. TLS ends before it.
	Listen string `yaml:"listen"`
	// MessageContent is whether ordinary messages are read: a privileged intent.
	MessageContent bool `yaml:"message_content"`
	// Shards is auto, a number, or the range of this process, as in 0-3/16.
	Shards string `yaml:"shards"`
	// APIURL is the base of every request; the gateway's address follows from it.
	APIURL string `yaml:"api_url"`
}

// The transports.
const (
	transportGateway = "gateway"
	transportHTTP    = "http"
)

const defaultListen = "127.0.0.1:8081"

// On reports whether Discord is to be served.
func (c Config) On() bool { return c.Token != "" }

// Check reports a setting that cannot be, and how to mend it.
func (c Config) Check() error {
	if !c.On() {
		if c.ApplicationID != "" || c.PublicKey != "" || c.MessageContent {
			return errors.New("discord.token is missing: the bot's token, as in token: ${DISCORD_TOKEN}")
		}
		return nil
	}
	if strings.ContainsAny(c.Token, " \t\r\n") || strings.HasPrefix(c.Token, "Bot ") {
		return errors.New("discord.token has a space in it: give the token alone, without \"Bot\"")
	}
	if c.ApplicationID != "" && !isSnowflake(c.ApplicationID) {
		return fmt.Errorf("discord.application_id is %q; it is a number of 17 to 20 digits, from General Information "+
			"in the developer portal", c.ApplicationID)
	}
	if u, err := url.Parse(c.api()); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return fmt.Errorf("discord.api_url is %q; it is an address such as %s", c.APIURL, rest.DefaultBase)
	}
	if _, err := c.shards(); err != nil {
		return err
	}
	return c.checkTransport()
}

func (c Config) checkTransport() error {
	switch c.transport() {
	case transportGateway:
		return nil
	case transportHTTP:
	default:
		return fmt.Errorf("discord.transport is %q; use %s or %s", c.Transport, transportGateway, transportHTTP)
	}
	if c.MessageContent {
		return errors.New("discord.message_content needs discord.transport: gateway, since messages come over it alone")
	}
	if _, err := c.key(); err != nil {
		return err
	}
	return nil
}

func (c Config) transport() string {
	if c.Transport == "" {
		return transportGateway
	}
	return c.Transport
}

func (c Config) api() string {
	if c.APIURL == "" {
		return rest.DefaultBase
	}
	return strings.TrimRight(c.APIURL, "/")
}

func (c Config) listen() string {
	if c.Listen == "" {
		return defaultListen
	}
	return c.Listen
}

// key is the key that Discord signs requests with.
func (c Config) key() (ed25519.PublicKey, error) {
	key, err := hex.DecodeString(c.PublicKey)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, errors.New("discord.public_key is needed with discord.transport: http: 64 hexadecimal digits, from " +
			"General Information in the developer portal")
	}
	return key, nil
}

// shardRange are the shards of this process: from First to Last of Total. Total 0 takes what Discord advises, all of it.
type shardRange struct{ First, Last, Total int }

func (c Config) shards() (shardRange, error) {
	s := strings.TrimSpace(c.Shards)
	if s == "" || s == "auto" {
		return shardRange{}, nil
	}
	wrong := fmt.Errorf("discord.shards is %q; use auto, a number such as 4, or a range such as 0-3/16", c.Shards)
	part, total, ranged := strings.Cut(s, "/")
	if !ranged {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > maxShards {
			return shardRange{}, wrong
		}
		return shardRange{0, n - 1, n}, nil
	}
	first, last, two := strings.Cut(part, "-")
	if !two {
		last = first
	}
	a, err1 := strconv.Atoi(first)
	b, err2 := strconv.Atoi(last)
	n, err3 := strconv.Atoi(total)
	if errors.Join(err1, err2, err3) != nil || a < 0 || b < a || n <= b || n > maxShards {
		return shardRange{}, wrong
	}
	return shardRange{a, b, n}, nil
}

// sharesShards reports whether replicas on one database divide the shards among themselves: those
// without a range of their own.
func (c Config) sharesShards() bool { return !strings.Contains(c.Shards, "/") }

// maxShards is more than any bot has: a slip of the keyboard must not open millions of connections.
const maxShards = 16384

// isSnowflake reports whether s is an ID of Discord's: a number of 64 bits, in decimal.
func isSnowflake(s string) bool {
	n, err := strconv.ParseUint(s, 10, 64)
	return err == nil && n > 0 && strconv.FormatUint(n, 10) == s
}
