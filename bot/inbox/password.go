package inbox

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
)

const (
	// MinPassword is the least number of characters of an officer's password.
	MinPassword = 10
	// MaxPassword is the greatest number of bytes of one.
	MaxPassword = 256
)

// What is wrong with a password, to be tested with errors.Is.
var (
	ErrPasswordShort = fmt.Errorf("the password needs at least %d characters", MinPassword)
	ErrPasswordLong  = fmt.Errorf("the password may have at most %d bytes", MaxPassword)
)

// hashing is OWASP's second choice for Argon2id: 19 MiB, two rounds, one
// thread. https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
var hashing = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// HashPassword makes the hash that is stored for an officer. It refuses a
// password that is too short or too long.
func HashPassword(password string) (string, error) {
	switch {
	case utf8.RuneCountInString(password) < MinPassword:
		return "", ErrPasswordShort
	case len(password) > MaxPassword:
		return "", ErrPasswordLong
	}
	hash, err := argon2id.CreateHash(password, hashing)
	if err != nil {
		return "", fmt.Errorf("hash the password: %w", err)
	}
	return hash, nil
}

// matches tells whether the password belongs to the hash.
func matches(password, hash string) (bool, error) {
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, errors.New("the stored password hash cannot be read") // without the hash
	}
	return ok, nil
}

// NewPassword makes a random password that can be read out and typed: four
// groups of four letters and digits, none of which look alike; 79 bits.
func NewPassword() string { return randomGroups(4) }
