package install

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// Keys seal the tokens: 32 random bytes each, in base64 or hexadecimal. New things are sealed with Current; what was sealed
// with Previous still opens. To change the key, make the current one the previous one, and call Installs.Reseal, after which
// the previous one can go.
type Keys struct {
	Current, Previous Secret
}

const (
	keySize  = 32
	idSize   = 4 // bytes of a key's ID: they tell keys apart and are no secret
	version  = 1 // the first byte of what is sealed
	headSize = 1 + idSize
	howToKey = "make one with: openssl rand -base64 32"
)

// sealer seals with AES-256-GCM. What comes out is a byte of version, the ID of the key, the nonce, and the ciphertext; what
// it is kept under is authenticated, too.
type sealer struct {
	keys []sealKey // the current one first
	// state signs what goes through the browser during an installation.
	state []byte
}

type sealKey struct {
	id   [idSize]byte
	aead cipher.AEAD
}

func newSealer(k Keys) (*sealer, error) {
	s := &sealer{}
	for n, one := range []struct {
		name string
		text Secret
	}{{"current", k.Current}, {"previous", k.Previous}} {
		if one.text.Reveal() == "" && n > 0 {
			continue
		}
		raw, err := parseKey(one.text)
		if err != nil {
			return nil, fmt.Errorf("the %s key for Slack installations %w; %s", one.name, err, howToKey)
		}
		if n == 0 {
			s.state = derive(raw, "state", keySize)
		}
		s.keys = append(s.keys, newSealKey(raw))
	}
	return s, nil
}

// parseKey reads a key. Its errors do not quote it.
func parseKey(text Secret) ([]byte, error) {
	t := strings.TrimSpace(text.Reveal())
	if t == "" {
		return nil, errors.New("is missing")
	}
	if raw, err := hex.DecodeString(t); err == nil && len(raw) == keySize {
		return raw, nil
	}
	t = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(t, "="))
	raw, err := base64.RawStdEncoding.DecodeString(t)
	if err != nil {
		return nil, errors.New("is neither base64 nor hexadecimal")
	}
	if len(raw) != keySize {
		return nil, fmt.Errorf("has %d bytes and not %d", len(raw), keySize)
	}
	return raw, nil
}

// derive makes one key of another for one purpose, so that no key has two.
func derive(key []byte, purpose string, size int) []byte {
	out, err := hkdf.Key(sha256.New, key, nil, "whowon slack install "+purpose, size)
	if err != nil {
		panic(err) // only for sizes beyond 8 KB
	}
	return out
}

func newSealKey(raw []byte) sealKey {
	block, err := aes.NewCipher(derive(raw, "seal", keySize))
	if err != nil {
		panic(err) // only for other sizes
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // only for other block sizes
	}
	return sealKey{[idSize]byte(derive(raw, "id", idSize)), aead}
}

// bound is what is authenticated besides: the head, and what the row is kept under.
func bound(head []byte, key string) []byte { return append(head[:headSize:headSize], key...) }

func (s *sealer) seal(key string, inst Installation) ([]byte, error) {
	plain, err := inst.encode()
	if err != nil {
		return nil, errors.New("the installation cannot be encoded")
	}
	k := s.keys[0]
	head := append([]byte{version}, k.id[:]...)
	return k.aead.Seal(head, nil, plain, bound(head, key)), nil
}

// open opens what was sealed for a key. It reports whether that was done with the current key.
func (s *sealer) open(key string, sealed []byte) (inst Installation, current bool, err error) {
	if len(sealed) < headSize || sealed[0] != version {
		return inst, false, ErrDamaged
	}
	id := [idSize]byte(sealed[1:headSize])
	for n, k := range s.keys {
		if k.id != id {
			continue
		}
		plain, err := k.aead.Open(nil, nil, sealed[headSize:], bound(sealed, key))
		if err != nil {
			return inst, false, ErrDamaged
		}
		inst, err = decode(plain)
		return inst, n == 0, err
	}
	return inst, false, fmt.Errorf("%w (%x, and the current one is %x): give that as the previous key, "+
		"or install the app there again", ErrOtherKey, id, s.keys[0].id)
}
