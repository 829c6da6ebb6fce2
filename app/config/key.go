package config

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// ExampleKey stands in examples and documentation. Production refuses it.
const ExampleKey = "bWVuamluZyBleGFtcGxlIGtleSwgbm90IGZvciB1c2U="

// keySize is the least length of a key in bytes. The sealing itself refuses a key of one repeated byte or given twice.
const keySize = 32

// developmentKey is the file in the data folder that holds the key made on the first run in development.
const developmentKey = "development.key"

// errKeyText reports a key that is not base64 of 32 bytes or more.
var errKeyText = errors.New("PORTAL_KEY must be 32 or more random bytes in base64: make one with `openssl rand -base64 32`")

// SealKeys gives the current key and then the previous ones. In development without a key it makes one in the data
// folder, or takes the one made before; without a key in production it fails.
func (c Config) SealKeys() ([][]byte, error) {
	keys, err := c.keys()
	if err != nil || c.Key.Set() {
		return keys, err
	}
	if c.IsProduction() {
		return nil, errKeyText
	}
	made, err := c.developmentKey()
	if err != nil {
		return nil, err
	}
	return append([][]byte{made}, keys...), nil
}

// CallbackSealKey gives the key for what people say in callbacks; nil when none of its own is given.
func (c Config) CallbackSealKey() ([]byte, error) {
	if !c.CallbackKey.Set() {
		return nil, nil
	}
	k, err := decodeKey(string(c.CallbackKey))
	if err != nil {
		return nil, errCallbackKey
	}
	return k, nil
}

var errCallbackKey = errors.New("PORTAL_CALLBACK_KEY must be 32 or more random bytes in base64 (openssl rand -base64 32)")

// keys decodes what is given.
func (c Config) keys() ([][]byte, error) {
	var out [][]byte
	if c.Key.Set() {
		k, err := decodeKey(string(c.Key))
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	for text := range strings.SplitSeq(string(c.PreviousKeys), ",") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		k, err := decodeKey(text)
		if err != nil {
			return nil, errors.New("PORTAL_PREVIOUS_KEYS must hold keys as PORTAL_KEY does, separated by commas")
		}
		out = append(out, k)
	}
	return out, nil
}

func decodeKey(text string) ([]byte, error) {
	text = strings.TrimRight(strings.TrimSpace(text), "=")
	for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		if k, err := e.DecodeString(text); err == nil && len(k) >= keySize {
			return k, nil
		}
	}
	return nil, errKeyText
}

func (c Config) developmentKey() ([]byte, error) {
	path := filepath.Join(c.DataDir, developmentKey)
	text, err := os.ReadFile(path)
	if err == nil {
		return decodeKey(string(text))
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("read the development key: %w", err)
	}
	made := make([]byte, keySize)
	_, _ = rand.Read(made) // never fails: it ends the program instead
	if err := os.MkdirAll(c.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("create the data folder: %w", err)
	}
	if err := os.WriteFile(path, []byte(base64.StdEncoding.EncodeToString(made)+"\n"), 0o600); err != nil {
		return nil, fmt.Errorf("keep the development key: %w", err)
	}
	return made, nil
}
